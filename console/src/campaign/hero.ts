import { el } from "./dom";
import type { ShownPage } from "./shapes";
import { text } from "./text";

/** The poster's head: the title in the page's colours, or upon its cover, and the way in three steps. */
export function hero(page: ShownPage, onLanguage: () => void): HTMLElement {
  const { cover } = page;
  return el(
    "header",
    { class: cover === null ? "hero" : "hero has-cover" },
    cover !== null && el("img", { src: cover, alt: "", class: "cover" }),
    el("button", { type: "button", class: "language", "aria-label": text.otherLanguageName, onclick: onLanguage }, text.otherLanguage),
    el(
      "div",
      { class: "words" },
      el("h1", { class: [...page.title].length > 9 ? "long" : null }, page.title),
      page.subtitle !== "" && el("p", { class: "subtitle" }, page.subtitle),
      steps(0),
    ),
  );
}

/** The three steps, with the one that is to be done. */
export function steps(now: number): HTMLElement {
  return el(
    "ol",
    { class: "steps", "aria-label": text.steps },
    ...text.step.map((words, at) =>
      el("li", { class: at < now ? "past" : null, "aria-current": at === now ? "step" : null }, el("span", { class: "number", "aria-hidden": "true" }, String(at + 1)), words),
    ),
  );
}
