import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { ask } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import type { Schema } from "@/api/types";
import { refresh } from "@/api/use-api";
import { changeFrom, ifMatch } from "@/api/version";
import { useAccountId } from "@/app/account";
import type { Settings } from "./changed";

type Activity = Schema["Activity"];

export const ACTIVITIES = "/api/v1/accounts/{account}/activities";
export const ACTIVITY = `${ACTIVITIES}/{activity}` as const;

/** Saves settings, unless somebody else changed the same since `before` was read: then that is the conflict. */
export function useSave() {
  const client = useQueryClient();
  const account = useAccountId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Activity | null>(null);
  const save = async (before: Activity, change: Partial<Settings>): Promise<"saved" | "conflict" | Problem> => {
    setBusy(true);
    setProblem(null);
    try {
      const path = { account, activity: before.id };
      const parts = Object.keys(change) as (keyof Settings)[];
      const changed = await changeFrom(before, parts, async (version) => (await ask("patch", ACTIVITY, { path, body: change, header: ifMatch(version) })) as Activity);
      setConflict("conflict" in changed ? changed.conflict : null);
      await refresh(client, ACTIVITIES, ACTIVITY);
      return "conflict" in changed ? "conflict" : "saved";
    } catch (thrown) {
      const told = asProblem(thrown);
      setProblem(told);
      return told;
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, problem, conflict, endConflict: () => setConflict(null) };
}
