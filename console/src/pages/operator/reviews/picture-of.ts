import type { Schema } from "@/api/types";
import { fill } from "@/api/upload";
import { sizeOf } from "@/app/material-state";
import { thumbnail, type Thumbnail } from "@/app/thumbnail";

/** Address of a material's picture; another one when the picture is replaced. */
export function pictureOf(material: Schema["Material"]): string {
  return fill("/api/v1/operator/reviews/{material}/picture", { material: material.id }, { v: material.picture });
}

/** Small ones for the queue. */
export function thumbnailOf(material: Schema["Material"]): Thumbnail {
  return thumbnail(pictureOf(material), 48, sizeOf(material));
}
