import { el, frame, icon } from "./dom";
import { small } from "./small";
import type { ShownMaterial, ShownPage } from "./shapes";
import { language, text } from "./text";

interface Home {
  page: ShownPage;
  chosen: number;
  onChoose: (at: number) => void;
  onStart: () => void;
}

/** Cover, title and templates. */
export function home({ page, chosen, onChoose, onStart }: Home): HTMLElement {
  const none = page.materials.length === 0;
  const start = el("button", { class: "button main", type: "button", disabled: none, onclick: onStart }, page.buttons.fuse ?? text.start);
  return el(
    "div",
    { class: "home" },
    head(page),
    none
      ? el("p", { class: "none" }, text.noTemplates)
      : el(
          "section",
          { class: "templates", "aria-labelledby": "templates" },
          el("h2", { id: "templates" }, text.chooseTemplate),
          picker(page.materials, chosen, onChoose),
        ),
    el("p", { class: "notice" }, page.notice[language]),
    el("footer", { class: "bar" }, start, el("p", { class: "quiet" }, icon("lock"), text.privacy)),
  );
}

function head(page: ShownPage): HTMLElement {
  const cover = page.cover === null ? null : el("img", { src: page.cover, alt: "", class: "cover" });
  return el(
    "header",
    { class: cover === null ? "head" : "head has-cover" },
    cover && el("div", { class: "cover-frame" }, cover),
    el("div", { class: "words" }, el("h1", {}, page.title), page.subtitle !== "" && el("p", { class: "subtitle" }, page.subtitle)),
  );
}

/** Large pictures beside each other: the one in the middle is chosen, or the one that is pressed. */
function picker(materials: ShownMaterial[], chosen: number, onChoose: (at: number) => void): HTMLElement {
  let now = chosen;
  const count = el("p", { class: "count", "aria-hidden": "true" });
  const cards = materials.map((material, at) => {
    return el(
      "button",
      { type: "button", class: "card", role: "radio", "aria-label": text.template(material.name), onclick: () => pick(at, true), onkeydown: (event) => keys(event as KeyboardEvent, at) },
      frame(3, 4, small(material, 240, at < 3)),
      el("span", { class: "tick" }, icon("check")),
    );
  });
  const rail = el("div", { class: `rail${materials.length === 1 ? " single" : ""}`, role: "radiogroup", "aria-labelledby": "templates" }, ...cards);
  const show = () => {
    cards.forEach((card, at) => {
      card.setAttribute("aria-checked", String(at === now));
      card.tabIndex = at === now ? 0 : -1;
    });
    count.textContent = text.templateOf(now + 1, materials.length);
  };
  const pick = (at: number, move: boolean) => {
    now = at;
    onChoose(at);
    show();
    if (move) {
      toMiddle(rail, cards[at]);
    }
  };
  const keys = (event: KeyboardEvent, at: number) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = step === undefined ? undefined : cards[at + step];
    if (step !== undefined && next) {
      event.preventDefault();
      pick(at + step, true);
      next.focus({ preventScroll: true });
    }
  };
  let timer = 0;
  rail.addEventListener("scroll", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const middle = inMiddle(rail, cards);
      if (rail.scrollWidth > rail.clientWidth + 4 && middle !== now) {
        pick(middle, false);
      }
    }, 90);
  });
  show();
  window.requestAnimationFrame(() => {
    if (now > 0) {
      toMiddle(rail, cards[now], true);
    }
  });
  return el("div", { class: "picker" }, rail, materials.length > 1 && count);
}

function toMiddle(rail: HTMLElement, card: HTMLElement | undefined, atOnce = false): void {
  if (card === undefined || rail.scrollWidth <= rail.clientWidth) {
    return;
  }
  const left = card.offsetLeft - (rail.clientWidth - card.offsetWidth) / 2;
  const still = atOnce || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  rail.scrollTo({ left, behavior: still ? "auto" : "smooth" });
}

function inMiddle(rail: HTMLElement, cards: HTMLElement[]): number {
  const middle = rail.scrollLeft + rail.clientWidth / 2;
  let best = 0;
  let least = Infinity;
  cards.forEach((card, at) => {
    const off = Math.abs(card.offsetLeft + card.offsetWidth / 2 - middle);
    if (off < least) {
      least = off;
      best = at;
    }
  });
  return best;
}
