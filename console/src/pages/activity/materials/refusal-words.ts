import { useFormat } from "@/app/format";
import type { Refusal } from "./intake";
import { useText } from "./text";

/** Why a file was not sent, and what to do. */
export function useRefusalWords(refusal: Refusal | null): string {
  const t = useText();
  const { bytes } = useFormat();
  switch (refusal?.why) {
    case undefined:
      return "";
    case "empty":
      return t.refusedEmpty;
    case "too_large":
      return t.refusedLarge(bytes(refusal.bytes));
    case "kind":
      return refusal.kind === null ? t.refusedUnknown : t.refusedKind(refusal.kind.toUpperCase());
    case "unreadable":
      return t.refusedUnreadable;
    case "no_room":
      return t.refusedRoom;
  }
}
