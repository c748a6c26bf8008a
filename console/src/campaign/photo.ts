import { Trouble } from "./api";
import { orientationOf, type Orientation } from "./exif";
import { text } from "./text";

/** A photo is sent with so many pixels a side at most: more does not make the picture better. */
const LONGEST = 1440;
const SHORTEST = 64;
/** Phones run out of memory with larger files. */
const MOST_MB = 40;
const QUALITY = 0.92;

/** Makes a photo ready to be sent: upright, not larger than needed, without what cameras write into files. */
export async function prepare(file: File): Promise<Blob> {
  if (file.size === 0 || (file.type !== "" && file.type.indexOf("image/") !== 0)) {
    throw new Trouble("wrong_file", text.wrongFile);
  }
  if (file.size > MOST_MB * 1_000_000) {
    throw new Trouble("heavy", text.heavyPhoto(Math.round(file.size / 1_000_000), MOST_MB));
  }
  const address = URL.createObjectURL(file);
  try {
    const picture = await decoded(address, file.type === "" ? text.wrongFile : text.unreadable);
    const turned = isTurnedByBrowser() ? 1 : orientationOf(await bytesOf(file.slice(0, 256 * 1024)));
    const canvas = upright(picture, turned);
    return await encoded(canvas);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function decoded(address: string, fault: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => {
      if (Math.min(picture.naturalWidth, picture.naturalHeight) < SHORTEST) {
        reject(new Trouble("bad_size", text.tinyPhoto));
      } else {
        resolve(picture);
      }
    };
    picture.onerror = () => reject(new Trouble("unreadable", fault));
    picture.src = address;
  });
}

/** Browsers that know the property also turn photos upright by themselves, on canvases too. */
function isTurnedByBrowser(): boolean {
  return typeof CSS !== "undefined" && CSS.supports("image-orientation", "from-image");
}

/** Older browsers read files this way only. */
export function bytesOf(file: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(new Trouble("unreadable", text.unreadable));
    reader.readAsArrayBuffer(file);
  });
}

/** The size to be sent, and by how much that is smaller. */
export function fitted(width: number, height: number): { width: number; height: number; scale: number } {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)), scale };
}

function upright(picture: HTMLImageElement, orientation: Orientation): HTMLCanvasElement {
  const size = fitted(picture.naturalWidth, picture.naturalHeight);
  const isSideways = orientation >= 5;
  const canvas = document.createElement("canvas");
  canvas.width = isSideways ? size.height : size.width;
  canvas.height = isSideways ? size.width : size.height;
  const context = canvas.getContext("2d");
  if (context === null) {
    throw new Trouble("unreadable", text.unreadable);
  }
  // See-through parts become white.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  const [w, h] = [size.width, size.height];
  const turns: Record<Orientation, [number, number, number, number, number, number]> = {
    1: [1, 0, 0, 1, 0, 0],
    2: [-1, 0, 0, 1, w, 0],
    3: [-1, 0, 0, -1, w, h],
    4: [1, 0, 0, -1, 0, h],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, h, 0],
    7: [0, -1, -1, 0, h, w],
    8: [0, -1, 1, 0, 0, w],
  };
  context.setTransform(...turns[orientation]);
  context.drawImage(picture, 0, 0, w, h);
  return canvas;
}

function encoded(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Trouble("unreadable", text.unreadable)) : resolve(blob)), "image/jpeg", QUALITY);
  });
}
