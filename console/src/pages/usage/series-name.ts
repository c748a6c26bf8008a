import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useActivityName } from "@/components/names";
import { useText } from "./text";

/** What a series is called: activities have names, what pays and outcomes are told in words. */
export function useSeriesName(split: Schema["Split"]): (series: Schema["Series"]) => string {
  const t = useText();
  const activity = useActivityName();
  const grants = useAccountRead("/api/v1/accounts/{account}/grants", {}, { enabled: split === "charged_to" });
  const words = t as unknown as Record<string, unknown>;
  return ({ key, label }) => {
    if (key.startsWith("grant:")) {
      const grant = grants.data?.grants.find((one) => `grant:${one.id}` === key);
      return grant === undefined ? label : grant.kind === "pack" ? t.pack(grant.id) : t[grant.kind](activity(grant.activity ?? ""));
    }
    const word = split === "activity" ? undefined : words[key];
    return typeof word === "string" ? word : label;
  };
}
