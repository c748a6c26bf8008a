import type { Schema } from "@/api/types";
import { fill } from "@/api/upload";

/** Address of a material's picture; another one when the picture is replaced. */
export function pictureOf(material: Schema["Material"]): string {
  return fill("/api/v1/operator/reviews/{material}/picture", { material: material.id }, { v: material.picture });
}
