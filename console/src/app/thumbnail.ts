/** Widths in which the server makes small pictures. */
const WIDTHS = [160, 320, 640] as const;

/** Source of an `<img>` that shows a small picture. */
export interface Thumbnail {
  src: string;
  srcSet: string;
}

/**
 * The small pictures of the one at `address` for a place so many CSS pixels wide; screens with more pixels take a larger one.
 * The picture's form is needed where it is cut to fill a place `wide` as it is high: of a wide picture only a part is seen.
 */
export function thumbnail(address: string, wide: number, form?: { width: number; height: number }): Thumbnail {
  const drawn = wide * Math.max(1, form ? form.width / form.height : 1);
  const at = (pixels: number) => `${address}&width=${WIDTHS.find((one) => one >= pixels) ?? 640}`;
  return { src: at(drawn), srcSet: `${at(drawn)} 1x, ${at(drawn * 2)} 2x` };
}
