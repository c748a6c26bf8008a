import { expect, test } from "vitest";
import type { Schema } from "@/api/types";
import { healthOf } from "./health";

const delivery = (state: Schema["DeliveryState"], attempts: number, delivered: string | null = null): Schema["Delivery"] => ({ id: "1", notice: "1", event: "pack-used", state, attempts, delivered, next_at: null, last_error: "" });

test.each([
  ["nothing yet", [], { state: "none" }],
  ["on its way for the first time", [delivery("waiting", 0)], { state: "none" }],
  ["all arrived", [delivery("delivered", 0, "2026-11-24T10:00:00Z"), delivery("delivered", 2, "2026-11-23T10:00:00Z")], { state: "good", last: "2026-11-24T10:00:00Z" }],
  ["one is tried again", [delivery("waiting", 3), delivery("delivered", 0, "2026-11-24T10:00:00Z")], { state: "waiting", failing: 1 }],
  ["some were given up", [delivery("given_up", 9), delivery("given_up", 9), delivery("waiting", 3)], { state: "given_up", failing: 2 }],
] as const)("%s", (_, deliveries, health) => {
  expect(healthOf([...deliveries])).toEqual(health);
});
