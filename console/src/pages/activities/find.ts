import type { Schema } from "@/api/types";

type Activity = Schema["Activity"];

/** Which activities are looked for. */
export interface Sought {
  words: string;
  algorithm: "all" | Schema["AlgorithmVersion"];
  licence: "all" | "licensed" | "unlicensed";
}

export const ALL: Sought = { words: "", algorithm: "all", licence: "all" };

export function isAll(sought: Sought): boolean {
  return sought.words.trim() === "" && sought.algorithm === "all" && sought.licence === "all";
}

/** Those that are like what is sought, the newest first. */
export function find(activities: readonly Activity[], sought: Sought): Activity[] {
  const words = sought.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return activities
    .filter(
      (one) =>
        (sought.algorithm === "all" || one.algorithm === sought.algorithm) &&
        (sought.licence === "all" || (one.licensed_until !== null) === (sought.licence === "licensed")) &&
        words.every((word) => `${one.name}\n${one.id}\n${one.details}`.toLowerCase().includes(word)),
    )
    .reverse();
}
