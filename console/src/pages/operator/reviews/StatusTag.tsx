import type { Schema } from "@/api/types";
import { Mark, type Mood } from "../parts/StateTag";
import { useText } from "./text";

const MOODS: Record<Schema["MaterialStatus"], Mood> = {
  in_review: "primary",
  passed_by_person: "success",
  rejected_by_person: "danger",
  appealed: "warning",
  appeal_won: "success",
  appeal_lost: "danger",
  passed_by_machine: "success",
  rejected_by_machine: "danger",
};

/** Where a material is in its review. */
export function StatusTag({ status }: { status: Schema["MaterialStatus"] }) {
  const t = useText();
  return <Mark mood={MOODS[status]}>{status === "appealed" ? t.appealed_ : t[status]}</Mark>;
}
