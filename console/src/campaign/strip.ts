import { el, frame, icon } from "./dom";
import type { Made } from "./made";
import { formOf, small } from "./small";
import type { ShownMaterial } from "./shapes";
import { text } from "./text";

/** Templates to try with the photo that is there. */
export function templateStrip(materials: ShownMaterial[], chosen: number, known: (material: ShownMaterial) => boolean, onTemplate: (at: number) => void): HTMLElement {
  const form = formOf(materials);
  const buttons = materials.map((material, at) =>
    el(
      "button",
      { type: "button", class: "small", "aria-label": text.template(material.name), "aria-current": at === chosen ? "true" : null, onclick: () => onTemplate(at) },
      frame(form, 1, small(material, 84, form, false)),
      known(material) && el("span", { class: "known" }, icon("check")),
    ),
  );
  return section("others", text.otherTemplates, buttons);
}

/** What was made in this tab. */
export function madeStrip(pictures: readonly Made[], shown: string | null, onOpen: (made: Made) => void): HTMLElement {
  const buttons = pictures.map((made, at) =>
    el(
      "button",
      { type: "button", class: "small", "aria-label": text.madeOne(at + 1, pictures.length), "aria-current": made.token === shown ? "true" : null, onclick: () => onOpen(made) },
      frame(1, 1, el("img", { src: made.picture, alt: "", loading: "lazy", decoding: "async" })),
    ),
  );
  return section("mine", text.made(pictures.length), buttons);
}

function section(name: string, title: string, buttons: HTMLElement[]): HTMLElement {
  return el("section", { class: name, "aria-labelledby": `${name}-title` }, el("h2", { id: `${name}-title` }, title), el("div", { class: "strip" }, ...buttons));
}
