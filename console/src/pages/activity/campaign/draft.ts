import type { ShownPage } from "@/campaign/shapes";
import type { Schema } from "@/api/types";

export type Campaign = Schema["Campaign"];
export type Content = Schema["CampaignPage"];
export type Material = Schema["Material"];

/** What is being written: the page's name and content, and a cover that is not sent yet. */
export interface Draft {
  slug: string;
  content: Content;
  /** `undefined` leaves the cover as it is, `null` takes it away. */
  cover?: { file: File; address: string } | null;
}

export const LIMITS = { title: 40, subtitle: 120, consent: 4000, consentLeast: 10, button: 16, shareTitle: 40, shareText: 120, hourly: 100, hours: 168 };
const SLUG = /^[a-z0-9-]{3,40}$/;
const COLOUR = /^#[0-9a-f]{6}$/i;

export interface Look {
  name: "lantern" | "celadon" | "ink" | "night" | "blossom";
  colours: Content["colours"];
}

/** Colours that go together, to begin with. */
export const LOOKS: Look[] = [
  { name: "lantern", colours: { primary: "#c8102e", background: "#fff8f0", text: "#3a1d12" } },
  { name: "celadon", colours: { primary: "#1c6b62", background: "#f2f7f4", text: "#1d2b28" } },
  { name: "ink", colours: { primary: "#2b2b2b", background: "#f7f5f0", text: "#1c1b19" } },
  { name: "blossom", colours: { primary: "#c2416c", background: "#fff5f8", text: "#3b1c28" } },
  { name: "night", colours: { primary: "#e0b44c", background: "#14161f", text: "#f3ecdc" } },
];

export function newDraft(activity: Schema["Activity"], consent: string): Draft {
  return {
    slug: `c-${activity.id}`,
    content: {
      title: [...activity.name].slice(0, LIMITS.title).join(""),
      subtitle: "",
      consent_text: consent,
      buttons: { choose: null, fuse: null, save: null, again: null },
      colours: (LOOKS[0] as Look).colours,
      share: { title: "", description: "" },
      materials: null,
      hourly_limit: 10,
      keep_result_hours: 24,
    },
  };
}

export function draftOf(campaign: Campaign): Draft {
  return { slug: campaign.slug, content: campaign.content };
}

export function isSame(one: Draft, other: Draft): boolean {
  return one.cover === undefined && other.cover === undefined && one.slug === other.slug && JSON.stringify(sorted(one.content)) === JSON.stringify(sorted(other.content));
}

// The order of fields says nothing.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, held]) => [key, sorted(held)]);
  }
  return value;
}

export type Fault = "slug" | "title" | "subtitle" | "consent" | "colours" | "hourly" | "hours" | "materials";

/** What the server would refuse. */
export function faultsOf({ slug, content }: Draft): Fault[] {
  const long = (text: string | undefined) => [...(text ?? "")].length;
  const within = (number: number, most: number) => Number.isInteger(number) && number >= 1 && number <= most;
  const { colours } = content;
  const faults: [Fault, boolean][] = [
    ["slug", !SLUG.test(slug)],
    ["title", content.title.trim() === "" || long(content.title) > LIMITS.title],
    ["subtitle", long(content.subtitle) > LIMITS.subtitle],
    ["consent", content.consent_text.trim() === "" || long(content.consent_text) < LIMITS.consentLeast || long(content.consent_text) > LIMITS.consent],
    ["colours", ![colours.primary, colours.background, colours.text].every((colour) => COLOUR.test(colour))],
    ["hourly", !within(content.hourly_limit, LIMITS.hourly)],
    ["hours", !within(content.keep_result_hours, LIMITS.hours)],
    ["materials", content.materials?.length === 0],
  ];
  return faults.filter(([, is]) => is).map(([fault]) => fault);
}

/** What can be changed of a page by itself. */
export type Part = "slug" | "cover" | keyof Content;

/** A draft upon what somebody else saved meanwhile: each keeps what only they changed. Where both changed the same, `prefer` decides. */
export function merged(draft: Draft, base: Campaign | null, now: Campaign, prefer: "mine" | "theirs"): { draft: Draft; both: Part[] } {
  const both: Part[] = [];
  const choose = <T,>(part: Part, before: T | undefined, mine: T, theirs: T): T => {
    const same = (one: unknown, other: unknown) => JSON.stringify(sorted(one ?? null)) === JSON.stringify(sorted(other ?? null));
    if (same(mine, before) || same(mine, theirs)) {
      return theirs;
    }
    if (same(theirs, before)) {
      return mine;
    }
    both.push(part);
    return prefer === "mine" ? mine : theirs;
  };
  const content: Record<string, unknown> = {};
  for (const part of Object.keys({ ...now.content, ...draft.content }) as (keyof Content)[]) {
    content[part] = choose<unknown>(part, base?.content[part], draft.content[part], now.content[part]);
  }
  const made: Draft = { slug: choose("slug", base?.slug, draft.slug, now.slug), content: content as unknown as Content };
  if (draft.cover !== undefined && (base?.cover ?? null) !== now.cover) {
    both.push("cover");
  }
  if (draft.cover !== undefined && (prefer === "mine" || !both.includes("cover"))) {
    made.cover = draft.cover;
  }
  return { draft: made, both };
}

/** The materials that visitors would see, in their order. */
export function chosenOf(content: Content, materials: Material[]): Material[] {
  const usable = materials.filter((material) => material.usable);
  if (content.materials === null || content.materials === undefined) {
    return usable;
  }
  return content.materials.flatMap((id) => usable.filter((material) => material.id === id));
}

/** Where a material's picture is, for who is signed in. */
export function pictureAddress(account: string, material: Material): string {
  return `/api/v1/accounts/${account}/materials/${material.id}/picture?v=${material.picture}`;
}

interface Around {
  account: string;
  campaign: Campaign | null;
  materials: Material[];
  notice: { zh: string; en: string };
}

/** The draft as the page in the frame shows it. */
export function shown(draft: Draft, { account, campaign, materials, notice }: Around): ShownPage {
  const { content, cover } = draft;
  const kept = campaign?.cover ? `/c/${campaign.slug}/cover?v=${campaign.cover}&preview=1` : null;
  const colour = (wanted: string, usual: string) => (COLOUR.test(wanted) ? wanted : usual);
  return {
    slug: draft.slug,
    preview: true,
    paused: false,
    title: content.title || " ",
    subtitle: content.subtitle ?? "",
    cover: cover === undefined ? kept : (cover?.address ?? null),
    consent_text: content.consent_text,
    text_digest: "draft",
    notice,
    buttons: {
      choose: content.buttons?.choose || null,
      fuse: content.buttons?.fuse || null,
      save: content.buttons?.save || null,
      again: content.buttons?.again || null,
    },
    colours: {
      primary: colour(content.colours.primary, "#1c6b62"),
      background: colour(content.colours.background, "#ffffff"),
      text: colour(content.colours.text, "#222222"),
    },
    share: { title: content.share?.title || content.title, description: content.share?.description || (content.subtitle ?? "") },
    materials: chosenOf(content, materials).map((material) => ({
      id: material.id,
      name: material.name,
      picture: pictureAddress(account, material),
      width: material.review.width,
      height: material.review.height,
    })),
    keep_result_hours: content.keep_result_hours,
  };
}

/** Leaves the usual words where nothing is written. */
export function toSend(draft: Draft): { slug: string; content: Content } {
  const or = (words: string | null | undefined) => words?.trim() || null;
  const { buttons } = draft.content;
  return {
    slug: draft.slug,
    content: {
      ...draft.content,
      title: draft.content.title.trim(),
      consent_text: draft.content.consent_text.replace(/\r\n?/g, "\n"),
      buttons: { choose: or(buttons?.choose), fuse: or(buttons?.fuse), save: or(buttons?.save), again: or(buttons?.again) },
    },
  };
}
