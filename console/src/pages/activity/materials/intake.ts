import { sniff, SNIFFED_BYTES, type Kind } from "./sniff";

/** Bytes of a picture at most, as the server allows. */
export const MOST_BYTES = 10 * 1024 * 1024;
/** Characters of a material's name at most. */
export const MOST_NAME = 60;

/** Why a file is not sent at all. */
export type Refusal =
  | { why: "empty" }
  | { why: "too_large"; bytes: number }
  | { why: "kind"; kind: Kind | null }
  | { why: "unreadable" }
  | { why: "no_room" };

export interface Examined {
  file: File;
  refusal: Refusal | null;
}

/** Files read at a time, so that hundreds of them do not hold up the page. */
const AT_A_TIME = 20;

/**
 * Looks at the beginning of each file and tells which may be sent. Of those that may, the first `room` are
 * taken, in the order in which they were given.
 */
export async function examine(files: readonly File[], room: number): Promise<Examined[]> {
  const examined: Examined[] = [];
  for (let start = 0; start < files.length; start += AT_A_TIME) {
    const some = files.slice(start, start + AT_A_TIME);
    examined.push(...(await Promise.all(some.map(async (file) => ({ file, refusal: await fault(file) })))));
  }
  let left = Math.max(0, room);
  return examined.map((one) => {
    if (one.refusal !== null) {
      return one;
    }
    left -= 1;
    return left < 0 ? { ...one, refusal: { why: "no_room" } } : one;
  });
}

async function fault(file: File): Promise<Refusal | null> {
  if (file.size === 0) {
    return { why: "empty" };
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer());
  } catch {
    // A folder, or a file that is gone since it was chosen.
    return { why: "unreadable" };
  }
  const kind = sniff(bytes);
  if (kind !== "jpeg" && kind !== "png") {
    return { why: "kind", kind };
  }
  return file.size > MOST_BYTES ? { why: "too_large", bytes: file.size } : null;
}

/** A material's name of a file's: without its ending, and not too long. */
export function nameOf(file: string, otherwise: string): string {
  const plain = Array.from(file.replace(/\.[a-z0-9]{1,5}$/i, ""))
    .filter((one) => one >= " " && one !== "\x7f")
    .slice(0, MOST_NAME)
    .join("")
    .trim();
  return plain === "" ? otherwise : plain;
}
