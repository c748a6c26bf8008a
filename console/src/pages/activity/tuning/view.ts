import type { View } from "./Wipe";

/** How much larger than the face the part around it is. */
const AROUND = 1.7;

/** A square around a face, moved so that it lies in the picture. */
export function aroundFace(face: View, width: number, height: number): View {
  const side = Math.min(Math.max(face.width, face.height) * AROUND, width, height);
  const within = (start: number, most: number) => Math.max(0, Math.min(start, most - side));
  return {
    x: within(face.x + face.width / 2 - side / 2, width),
    y: within(face.y + face.height / 2 - side / 2, height),
    width: side,
    height: side,
  };
}
