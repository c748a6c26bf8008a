import type { Schema } from "@/api/types";

export type WebhookHealth = { state: "none" } | { state: "good"; last: string } | { state: "waiting" | "given_up"; failing: number };

/** How the latest deliveries went: what was given up weighs most, then what failed and is tried again. */
export function healthOf(deliveries: Schema["Delivery"][]): WebhookHealth {
  const givenUp = deliveries.filter((one) => one.state === "given_up").length;
  if (givenUp > 0) {
    return { state: "given_up", failing: givenUp };
  }
  const failing = deliveries.filter((one) => one.state === "waiting" && one.attempts > 0).length;
  if (failing > 0) {
    return { state: "waiting", failing };
  }
  const last = deliveries.reduce<string | null>((latest, one) => (one.delivered !== null && (latest === null || one.delivered > latest) ? one.delivered : latest), null);
  return last === null ? { state: "none" } : { state: "good", last };
}
