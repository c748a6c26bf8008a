import { sniff, SNIFFED_BYTES, type Kind } from "../materials/sniff";

/** A test photo. It stays in the memory of this browser, and goes when the page is closed. */
export interface Photo {
  id: number;
  name: string;
  /** Upright, and no larger than is sent. */
  blob: Blob;
  url: string;
  width: number;
  height: number;
}

/** Photos at once. */
export const MOST_PHOTOS = 3;
/** Longer side of a photo that is sent, in pixels. */
export const MOST_SIDE = 1440;
const QUALITY = 0.92;

/** Why a file cannot be a test photo. */
export class BadPhoto extends Error {
  constructor(readonly kind: Kind | null) {
    super(kind ?? "unreadable");
  }
}

/** Size of a picture that is made to fit. */
export function fitted(width: number, height: number, most: number): { width: number; height: number } {
  const factor = Math.min(1, most / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

let last = 0;

/** Reads a picture of a file or the camera: turned upright as its EXIF says, and made smaller. */
export async function toPhoto(file: Blob, name: string): Promise<Photo> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new BadPhoto(sniff(new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer())));
  }
  const { width, height } = fitted(picture.width, picture.height, MOST_SIDE);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const drawing = canvas.getContext("2d");
  if (drawing === null) {
    throw new BadPhoto(null);
  }
  // What is transparent comes out white, not black.
  drawing.fillStyle = "#fff";
  drawing.fillRect(0, 0, width, height);
  drawing.imageSmoothingQuality = "high";
  drawing.drawImage(picture, 0, 0, width, height);
  picture.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (blob === null) {
    throw new BadPhoto(null);
  }
  last += 1;
  return { id: last, name, blob, url: URL.createObjectURL(blob), width, height };
}
