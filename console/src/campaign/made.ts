import type { Fusion, ShownMaterial } from "./shapes";

/** A picture that was made in this tab. */
export interface Made extends Fusion {
  /** Tells which photo was fused into what. */
  key: string;
  /** The template's id. */
  material: string;
}

/** So many are kept in the strip; older ones are on the server until they end. */
const MOST = 40;

/** The pictures made in this tab, the newest first; also after a reload, until they end on the server. */
export class Album {
  private all: Made[];
  private readonly name: string;

  constructor(slug: string) {
    this.name = `mien.made.${slug}`;
    this.all = read(this.name);
  }

  get pictures(): readonly Made[] {
    const now = Date.now();
    this.all = this.all.filter((made) => Date.parse(made.expires) > now);
    return this.all;
  }

  /** The picture of this photo in this template, if it was made and is there still. */
  find(key: string): Made | undefined {
    return this.pictures.filter((made) => made.key === key)[0];
  }

  add(made: Made): void {
    this.all = [made, ...this.all.filter((other) => other.key !== made.key)].slice(0, MOST);
    this.keep();
  }

  drop(token: string): void {
    this.all = this.all.filter((made) => made.token !== token);
    this.keep();
  }

  private keep(): void {
    try {
      sessionStorage.setItem(this.name, JSON.stringify(this.all));
    } catch {
      // A browser that keeps nothing has them until a reload.
    }
  }
}

function read(name: string): Made[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? "[]") as unknown;
    return Array.isArray(kept) ? kept.filter(isMade) : [];
  } catch {
    return [];
  }
}

function isMade(one: unknown): one is Made {
  const made = one as Partial<Made> | null;
  return typeof made === "object" && made !== null && [made.key, made.material, made.picture, made.expires, made.token].every((part) => typeof part === "string");
}

/** The same for the same photo in the same template picture. */
export function keyOf(photo: string, material: ShownMaterial): string {
  return `${photo} ${material.picture}`;
}

/** Tells one photo from another in a tab: two FNV-1a sums of its bytes (Fowler, Noll and Vo), one from its end. Not against forgery. */
export function fingerprint(bytes: Uint8Array): string {
  let [one, other] = [0x811c9dc5, 0x811c9dc5];
  for (let at = 0, back = bytes.length - 1; back >= 0; at += 1, back -= 1) {
    one = Math.imul(one ^ (bytes[at] ?? 0), 0x01000193);
    other = Math.imul(other ^ (bytes[back] ?? 0), 0x01000193);
  }
  return [bytes.length, one >>> 0, other >>> 0].map((sum) => sum.toString(36)).join("-");
}
