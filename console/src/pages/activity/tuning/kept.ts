import { useSyncExternalStore } from "react";
import type { Schema } from "@/api/types";
import type { Degrees } from "./live";
import type { Photo } from "./photos";

type Material = Schema["Material"];

/** Degrees of a material that are not saved. */
export interface Draft extends Degrees {
  /** How the material was when the first slider moved. */
  before: Material;
}

interface Kept {
  photos: readonly Photo[];
  chosen: number | null;
  drafts: ReadonlyMap<string, Draft>;
}

const NOTHING: Kept = { photos: [], chosen: null, drafts: new Map() };

// They outlive the tab, so that looking at something else loses nothing, but never the page. Each user has their own.
const all = new Map<string, Kept>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Photos and unsaved degrees of a user. */
export function useKept(user: string): Kept {
  return useSyncExternalStore(subscribe, () => all.get(user) ?? NOTHING);
}

function change(user: string, part: Partial<Kept>): void {
  all.set(user, { ...(all.get(user) ?? NOTHING), ...part });
  listeners.forEach((listener) => listener());
}

export function addPhoto(user: string, photo: Photo): void {
  const { photos } = all.get(user) ?? NOTHING;
  change(user, { photos: [...photos, photo], chosen: photo.id });
}

export function choosePhoto(user: string, id: number): void {
  change(user, { chosen: id });
}

export function removePhoto(user: string, id: number): void {
  const { photos, chosen } = all.get(user) ?? NOTHING;
  const left = photos.filter((photo) => photo.id !== id);
  photos.filter((photo) => photo.id === id).forEach((photo) => URL.revokeObjectURL(photo.url));
  change(user, { photos: left, chosen: chosen === id ? (left[0]?.id ?? null) : chosen });
}

/** Notes degrees that differ from the saved ones, or that none do any more. */
export function setDraft(user: string, material: Material, degrees: Degrees | null): void {
  const drafts = new Map((all.get(user) ?? NOTHING).drafts);
  const before = drafts.get(material.id)?.before ?? material;
  if (degrees === null || (degrees.feature === before.feature_degree && degrees.shape === before.shape_degree)) {
    drafts.delete(material.id);
  } else {
    drafts.set(material.id, { ...degrees, before });
  }
  change(user, { drafts });
}
