import type { Trouble } from "./api";
import { el, fill, frame, icon } from "./dom";
import { isWeChat } from "./share";
import { small } from "./small";
import type { Fusion, ShownMaterial, ShownPage } from "./shapes";
import { clock, language, text } from "./text";

export interface Actions {
  onSave: () => void;
  onShare: () => void;
  onAgain: () => void;
  onDelete: () => void;
  onTemplate: (at: number) => void;
  onRetry: () => void;
  onBack: () => void;
}

/** Where a picture is made and then shown. */
export class Stage {
  readonly root: HTMLElement;
  private readonly title = el("h1", { class: "stage-title", tabindex: -1 });
  private readonly shown = el("div", { class: "shown" });
  private readonly below = el("div", { class: "below" });

  constructor(
    private readonly page: ShownPage,
    private readonly actions: Actions,
  ) {
    const back = el("button", { type: "button", class: "round", "aria-label": text.toStart, onclick: () => actions.onBack() }, icon("close"));
    this.root = el("div", { class: "stage" }, el("div", { class: "stage-head" }, this.title, back), this.shown, this.below, el("p", { class: "notice" }, page.notice[language]));
  }

  focus(): void {
    this.title.focus({ preventScroll: true });
  }

  /** The template while the picture is made, with the selfie on its way. */
  making(material: ShownMaterial, selfie: string | null): void {
    this.title.textContent = text.fusing;
    const bar = el("span", { class: "bar-fill" });
    fill(
      this.shown,
      pictureFrame(material, el("img", { src: material.picture, alt: "", class: "template" }), el("span", { class: "sweep" }), selfie !== null && el("img", { src: selfie, alt: "", class: "selfie" })),
      el("div", { class: "progress", role: "progressbar", "aria-label": text.fusing }, bar),
    );
    fill(this.below);
  }

  tell(words: string): void {
    this.title.textContent = words;
  }

  /** The picture, and what can be done with it. */
  result(material: ShownMaterial, fusion: Fusion, chosen: number): void {
    const { page, actions } = this;
    this.title.textContent = text.done;
    const fused = el("img", { src: fusion.picture, alt: text.yourPicture, class: "fused" });
    const boxed = pictureFrame(material, el("img", { src: material.picture, alt: "", class: "template" }), fused);
    const label = el("span", { class: "before", "aria-hidden": "true" }, text.before);
    boxed.appendChild(label);
    fill(this.shown, el("div", { class: "held" }, boxed, comparer(boxed)));
    const button = (kind: string, drawing: "save" | "share" | "again", words: string, press: () => void) =>
      el("button", { type: "button", class: `button ${kind}`, onclick: press }, icon(drawing), words);
    fill(
      this.below,
      isWeChat && el("p", { class: "hint" }, text.longPress),
      el(
        "div",
        { class: "acts" },
        button("main", "save", page.buttons.save ?? text.save, actions.onSave),
        button("second", "share", text.share, actions.onShare),
        button("second", "again", page.buttons.again ?? text.again, actions.onAgain),
      ),
      page.materials.length > 1 && strip(page.materials, chosen, actions.onTemplate),
      el(
        "p",
        { class: "keep" },
        text.keep(page.keep_result_hours, clock(new Date(fusion.expires))),
        " ",
        el("button", { type: "button", class: "plain", onclick: actions.onDelete }, icon("trash"), text.deleteNow),
      ),
    );
  }

  /** Why there is no picture, and the way on. */
  trouble(trouble: Trouble, material: ShownMaterial): void {
    const { actions } = this;
    const isOver = trouble.code === "too_many_visits" || trouble.code === "paused" || trouble.code === "not_found";
    this.title.textContent = this.page.title;
    fill(
      this.shown,
      pictureFrame(
        material,
        el("img", { src: material.picture, alt: "", class: "template dim" }),
        el("span", { class: "said", role: "alert" }, el("strong", {}, trouble.message)),
      ),
    );
    const other = el("button", { type: "button", class: "button main", onclick: actions.onAgain }, icon("camera"), text.other);
    const retry = el("button", { type: "button", class: "button main", onclick: actions.onRetry }, icon("again"), text.retry);
    const back = el("button", { type: "button", class: "button second", onclick: actions.onBack }, text.toStart);
    fill(this.below, el("div", { class: "acts" }, isOver ? null : trouble.isAboutPhoto ? other : retry, back));
    (this.below.querySelector("button") ?? this.title).focus({ preventScroll: true });
  }

  /** That the pictures are gone. */
  deleted(): void {
    this.title.textContent = text.deletedTitle;
    fill(
      this.shown,
      el("div", { class: "gone-mark" }, icon("check")),
      el("p", { class: "gone-text" }, text.deletedText),
    );
    fill(this.below, el("div", { class: "acts" }, el("button", { type: "button", class: "button main", onclick: this.actions.onBack }, text.toStart)));
    this.focus();
  }
}

/** The picture as large as it fits on the screen, in its own form from the beginning. */
function pictureFrame(material: ShownMaterial, ...children: (Node | false | null)[]): HTMLElement {
  const made = frame(material.width, material.height, ...children);
  const outer = el("div", { class: "fit" }, made);
  outer.style.maxWidth = `calc(62vh * ${(material.width / Math.max(1, material.height)).toFixed(4)})`;
  return outer;
}

/** Shows the template as long as it is held. */
function comparer(boxed: HTMLElement): HTMLElement {
  const button = el("button", { type: "button", class: "compare", "aria-pressed": "false" }, icon("compare"), text.hold);
  const hold = (held: boolean) => {
    boxed.classList.toggle("compared", held);
    button.setAttribute("aria-pressed", String(held));
  };
  button.addEventListener("pointerdown", (event) => {
    // A finger that slides off the button still holds it.
    button.setPointerCapture(event.pointerId);
    hold(true);
  });
  ["pointerup", "pointercancel", "blur"].forEach((name) => button.addEventListener(name, () => hold(false)));
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("keydown", (event) => (event.key === " " || event.key === "Enter") && hold(true));
  button.addEventListener("keyup", () => hold(false));
  return button;
}

function strip(materials: ShownMaterial[], chosen: number, onTemplate: (at: number) => void): HTMLElement {
  const buttons = materials.map((material, at) =>
    el(
      "button",
      { type: "button", class: "small", "aria-label": text.template(material.name), "aria-current": at === chosen ? "true" : null, onclick: () => onTemplate(at) },
      frame(3, 4, small(material, 76, false)),
    ),
  );
  return el("section", { class: "others" }, el("h2", {}, text.otherTemplates), el("div", { class: "strip" }, ...buttons));
}
