import type { Schema } from "@/api/types";
import { fill } from "@/api/upload";
import { thumbnail, type Thumbnail } from "./thumbnail";

type Material = Schema["Material"];

/** What a material's status comes to: may calls use it, is somebody to decide, or was it refused. */
export type MaterialState = "usable" | "waiting" | "refused";

const STATES: Record<Schema["MaterialStatus"], MaterialState> = {
  in_review: "waiting",
  passed_by_person: "usable",
  rejected_by_person: "refused",
  appealed: "waiting",
  appeal_won: "usable",
  appeal_lost: "refused",
  passed_by_machine: "usable",
  rejected_by_machine: "refused",
};

export function materialState(status: Schema["MaterialStatus"]): MaterialState {
  return STATES[status];
}

/** Address of a material's picture; another picture has another one, so that no old one is shown. */
export function pictureOf(account: string, material: Pick<Material, "id" | "picture">): string {
  return fill("/api/v1/accounts/{account}/materials/{material}/picture", { account, material: material.id }, { v: material.picture });
}

/** Small pictures of a material for a place so many pixels wide that they fill. */
export function thumbnailOf(account: string, material: Pick<Material, "id" | "picture" | "review">, wide: number): Thumbnail {
  return thumbnail(pictureOf(account, material), wide, sizeOf(material));
}

/** Size of a material's picture, and a square where the file does not tell. */
export function sizeOf(material: Pick<Material, "review">): { width: number; height: number } {
  const { width, height } = material.review;
  return width > 0 && height > 0 ? { width, height } : { width: 1, height: 1 };
}
