import type { Schema } from "@/api/types";

/** Something that the account should do soon. */
export type Task =
  | { what: "licenceEnds" | "windowEnds"; activity: Schema["Activity"]; ends: string; days: number }
  | { what: "packNone" | "freeNone"; activity: Schema["Activity"] }
  | { what: "freeLow"; activity: Schema["Activity"]; left: number }
  | { what: "packLow"; left: number; day: string };

const DAY_MS = 86_400_000;
/** Licences are renewed in the month before their end, windows close with a week's warning. */
const LICENCE_DAYS = 30;
const WINDOW_DAYS = 7;
/** Packs are bought when they last no longer than this. */
const PACK_DAYS = 14;
const FREE_LOW = 0.2;

/** Days that something still lasts, today counted, where it ends at the end of a day. */
const daysLeft = (ends: string, now: number) => Math.ceil((Date.parse(ends) - now) / DAY_MS);

/** What should be done, the most pressing first. */
export function tasksOf(activities: Schema["Activity"][], grants: Schema["GrantForecast"][], now: number, today: string): Task[] {
  const packs = grants.filter((grant) => grant.kind === "pack" && grant.left > 0);
  const tasks: Task[] = [];
  for (const activity of activities) {
    if (activity.licensed_until === null) {
      unlicensed(activity, tasks);
      continue;
    }
    const days = daysLeft(activity.licensed_until, now);
    if (days <= LICENCE_DAYS) {
      tasks.push({ what: "licenceEnds", activity, ends: activity.licensed_until, days });
    }
    const frozen = activity.materials_frozen_from;
    // A window that ends with its licence needs no word of its own.
    if (frozen !== null && frozen !== activity.licensed_until && Date.parse(frozen) > now && daysLeft(frozen, now) <= WINDOW_DAYS) {
      tasks.push({ what: "windowEnds", activity, ends: frozen, days: daysLeft(frozen, now) });
    }
    if (activity.licence_left === 0 && activity.free_left === 0 && packs.length === 0) {
      tasks.push({ what: "packNone", activity });
    }
  }
  const last = packs.map((pack) => pack.runs_out_on);
  const day = last.reduce((latest, one) => (latest === null || one === null ? null : one > latest ? one : latest), last[0] ?? null);
  if (day !== null && (Date.parse(day) - Date.parse(today)) / DAY_MS <= PACK_DAYS) {
    tasks.push({ what: "packLow", left: packs.reduce((sum, pack) => sum + pack.left, 0), day });
  }
  return tasks.sort((one, other) => urgency(one) - urgency(other));
}

function unlicensed(activity: Schema["Activity"], tasks: Task[]): void {
  if (activity.free_left === 0) {
    tasks.push({ what: "freeNone", activity });
  } else if (activity.free_left <= FREE_LOW * activity.free_total) {
    tasks.push({ what: "freeLow", activity, left: activity.free_left });
  }
}

/** Whether calls stop, or soon will. */
export function isUrgent(task: Task): boolean {
  return task.what === "freeNone" || (task.what === "licenceEnds" && task.days <= 7);
}

function urgency(task: Task): number {
  const order: Task["what"][] = ["freeNone", "licenceEnds", "packNone", "packLow", "windowEnds", "freeLow"];
  return (isUrgent(task) ? 0 : 10) + order.indexOf(task.what);
}
