/** What a page says and shows, as `campaign.json` has it. */
export interface ShownPage {
  slug: string;
  preview: boolean;
  /** Nothing can be made just now. */
  paused: boolean;
  title: string;
  subtitle: string;
  cover: string | null;
  consent_text: string;
  text_digest: string;
  notice: { zh: string; en: string };
  buttons: { choose: string | null; fuse: string | null; save: string | null; again: string | null };
  colours: Colours;
  share: { title: string; description: string };
  materials: ShownMaterial[];
  keep_result_hours: number;
}

export interface Colours {
  primary: string;
  background: string;
  text: string;
}

export interface ShownMaterial {
  id: string;
  name: string;
  picture: string;
  width: number;
  height: number;
}

/** A fused picture. */
export interface Fusion {
  picture: string;
  expires: string;
  token: string;
}

/** What the console sends to the page in its frame while it is being written. */
export interface DraftMessage {
  mien: "draft";
  page: ShownPage;
}
