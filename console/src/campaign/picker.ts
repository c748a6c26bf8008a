import { el, frame, icon } from "./dom";
import { modal } from "./modal";
import { formOf, small } from "./small";
import type { ShownMaterial } from "./shapes";
import { text } from "./text";

/** From so many on, a phone gets all of them in one view too. */
const MANY = 6;

interface Picker {
  materials: ShownMaterial[];
  chosen: number;
  onChoose: (at: number) => void;
  /** Shows something over the page; what it gives takes it away. */
  over: (panel: (close: () => void) => HTMLElement) => void;
}

/** Posters beside each other: the one in the middle is chosen, or the one that is pressed. */
export function picker({ materials, chosen, onChoose, over }: Picker): HTMLElement {
  let now = chosen;
  const form = formOf(materials);
  const count = el("span", { class: "count", "aria-hidden": "true" });
  const cards = materials.map((material, at) =>
    el(
      "button",
      { type: "button", class: "card", role: "radio", "aria-label": text.template(material.name), onclick: () => pick(at, true), onkeydown: (event) => keys(event as KeyboardEvent, at) },
      frame(form, 1, small(material, 280, form, at < 3)),
      el("span", { class: "tick" }, icon("check")),
    ),
  );
  const rail = el("div", { class: "rail", role: "radiogroup", "aria-labelledby": "templates" }, ...cards);
  rail.style.setProperty("--form", form.toFixed(4));
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
  followScroll(rail, cards, () => now, (at) => pick(at, false));
  show();
  window.requestAnimationFrame(() => now > 0 && toMiddle(rail, cards[now], true));
  const all = () =>
    over((close) =>
      everything(materials, form, now, close, (at) => {
        close();
        pick(at, true);
      }),
    );
  return el(
    "div",
    { class: "picker" },
    rail,
    materials.length > 1 &&
      el(
        "p",
        { class: "under" },
        count,
        materials.length >= MANY && el("button", { type: "button", class: "plain", onclick: all }, text.allTemplates(materials.length)),
      ),
  );
}

/** All templates in one view. */
function everything(materials: ShownMaterial[], form: number, chosen: number, onClose: () => void, onPick: (at: number) => void): HTMLElement {
  const tiles = materials.map((material, at) =>
    el(
      "button",
      { type: "button", class: "tile", "aria-label": text.template(material.name), "aria-current": at === chosen ? "true" : null, onclick: () => onPick(at) },
      frame(form, 1, small(material, 110, form, false)),
    ),
  );
  const head = el(
    "div",
    { class: "panel-head" },
    el("h2", { id: "all-title", tabindex: -1 }, text.chooseTemplate),
    el("button", { type: "button", class: "round", "aria-label": text.close, onclick: onClose }, icon("close")),
  );
  return modal(el("div", { class: "panel", role: "dialog", "aria-modal": "true", "aria-labelledby": "all-title" }, head, el("div", { class: "tiles" }, ...tiles)), onClose);
}

/** Chooses what a finger moved into the middle. */
function followScroll(rail: HTMLElement, cards: HTMLElement[], now: () => number, pick: (at: number) => void): void {
  let timer = 0;
  rail.addEventListener("scroll", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const middle = inMiddle(rail, cards);
      if (rail.scrollWidth > rail.clientWidth + 4 && middle !== now()) {
        pick(middle);
      }
    }, 90);
  });
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
