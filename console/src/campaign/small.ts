import { el } from "./dom";
import type { ShownMaterial } from "./shapes";

/** Widths in which the server makes small pictures. */
const WIDTHS = [160, 320, 640];

/** Width by height in which the posters of a page are shown: what most of them have, neither too slim nor too wide. */
export function formOf(materials: ShownMaterial[]): number {
  const forms = materials.map((material) => material.width / Math.max(1, material.height)).sort((one, other) => one - other);
  return Math.min(1, Math.max(0.7, forms[forms.length >> 1] ?? 0.75));
}

/** A template to choose, for a place of this form that is so many pixels wide; screens with more pixels take a larger one. */
export function small(material: ShownMaterial, wide: number, form: number, atOnce: boolean): HTMLImageElement {
  // Of a picture wider than its place only a part is seen.
  const drawn = wide * Math.max(1, material.width / Math.max(1, material.height) / form);
  const at = (pixels: number) => `${material.picture}&width=${WIDTHS.filter((one) => one >= pixels)[0] ?? 640}`;
  return el("img", { src: at(drawn), srcset: `${at(drawn)} 1x, ${at(drawn * 2)} 2x`, alt: "", loading: atOnce ? null : "lazy", decoding: "async" });
}

/** Fetches a template at full size, so that it is there when it is shown alone. */
export function fetchAhead(material: ShownMaterial | undefined): void {
  if (material !== undefined) {
    new Image().src = material.picture;
  }
}
