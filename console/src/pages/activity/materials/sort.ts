import type { Schema } from "@/api/types";
import { materialState, type MaterialState } from "@/app/material-state";

type Material = Schema["Material"];

export type Order = "newest" | "oldest" | "name";
export type Shown = "all" | MaterialState;

/** How many there are of each state. */
export function counts(materials: readonly Material[]): Record<Shown, number> {
  const sums = { all: materials.length, usable: 0, waiting: 0, refused: 0 };
  materials.forEach((one) => (sums[materialState(one.status)] += 1));
  return sums;
}

/** Those of a state in an order; `materials` come the newest first. */
export function arranged(materials: readonly Material[], shown: Shown, order: Order): Material[] {
  const some = materials.filter((one) => shown === "all" || materialState(one.status) === shown);
  if (order === "oldest") {
    return some.reverse();
  }
  return order === "name" ? some.sort((a, b) => a.name.localeCompare(b.name, "zh-CN", { numeric: true })) : some;
}
