import { el, icon } from "./dom";
import { hero } from "./hero";
import type { Made } from "./made";
import { picker } from "./picker";
import type { ShownPage } from "./shapes";
import { madeStrip } from "./strip";
import { language, text } from "./text";

interface Home {
  page: ShownPage;
  chosen: number;
  /** The photo that was chosen before, to be used again. */
  selfie: string | null;
  pictures: readonly Made[];
  onChoose: (at: number) => void;
  onStart: () => void;
  onPhoto: () => void;
  onOpen: (made: Made) => void;
  onLanguage: () => void;
  over: (panel: (close: () => void) => HTMLElement) => void;
}

/** The poster: title, templates, and the button that begins. */
export function home(it: Home): HTMLElement {
  const { page, pictures } = it;
  const none = page.materials.length === 0;
  return el(
    "div",
    { class: "home" },
    hero(page, it.onLanguage),
    el(
      "div",
      { class: "body" },
      none
        ? el("p", { class: "none" }, text.noTemplates)
        : el(
            "section",
            { class: "templates", "aria-labelledby": "templates" },
            el("h2", { id: "templates" }, text.chooseTemplate),
            picker({ materials: page.materials, chosen: it.chosen, onChoose: it.onChoose, over: it.over }),
          ),
      pictures.length > 0 && madeStrip(pictures, null, it.onOpen),
      el("p", { class: "notice" }, page.notice[language]),
    ),
    bar(it, none),
  );
}

/** What the thumb reaches: the button, and the photo that it would take. */
function bar({ page, selfie, onStart, onPhoto }: Home, none: boolean): HTMLElement {
  const isKept = selfie !== null && !page.paused;
  const start = el(
    "button",
    { class: "button main", type: "button", disabled: none || page.paused, onclick: onStart },
    isKept && el("img", { src: selfie, alt: "", class: "face" }),
    isKept ? text.startSame : (page.buttons.fuse ?? text.start),
  );
  return el(
    "footer",
    { class: "bar" },
    page.paused && el("p", { class: "paused", role: "status" }, icon("clock"), text.paused),
    start,
    isKept
      ? el("p", { class: "quiet" }, el("button", { type: "button", class: "plain", onclick: onPhoto }, text.again))
      : el("p", { class: "quiet" }, icon("lock"), text.privacy),
  );
}
