import { ask } from "@/api/client";
import { enterSession } from "@/api/session";
import type { Session } from "@/api/types";

/** Reads the session anew after something of its user changed. */
export async function readSessionAgain(): Promise<void> {
  enterSession((await ask("get", "/api/v1/session", {})) as Session);
}
