/** How a photo must be turned to stand upright, as cameras write it. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x0112;

/** Reads it from the first bytes of a JPEG; 1 where there is none. */
export function orientationOf(bytes: ArrayBuffer): Orientation {
  const view = new DataView(bytes);
  try {
    if (view.getUint16(0) !== 0xffd8) {
      return 1;
    }
    let at = 2;
    while (at + 4 <= view.byteLength) {
      const marker = view.getUint16(at);
      if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) {
        return inTiff(view, at + 10);
      }
      // The picture itself begins: nothing more is said about it.
      if (marker === 0xffda || (marker & 0xff00) !== 0xff00) {
        return 1;
      }
      at += 2 + view.getUint16(at + 2);
    }
  } catch {
    // Cut off: as if it said nothing.
  }
  return 1;
}

function inTiff(view: DataView, start: number): Orientation {
  const little = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, little);
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (view.getUint16(at, little) === ORIENTATION_TAG) {
      const value = view.getUint16(at + 8, little);
      return value >= 1 && value <= 8 ? (value as Orientation) : 1;
    }
  }
  return 1;
}
