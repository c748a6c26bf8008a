import type { Trouble } from "./api";
import { el, fill, frame, icon } from "./dom";
import type { Made } from "./made";
import { Progress } from "./progress";
import { isWeChat } from "./share";
import { madeStrip, templateStrip } from "./strip";
import type { ShownMaterial, ShownPage } from "./shapes";
import { clock, language, text } from "./text";
import { wipe } from "./wipe";

export interface Actions {
  onSave: (made: Made) => void;
  onShare: (made: Made) => void;
  onAgain: () => void;
  onDelete: (made: Made) => void;
  onTemplate: (at: number) => void;
  onOpen: (made: Made) => void;
  onRetry: () => void;
  onBack: () => void;
}

/** What stands below a picture. */
export interface Shown {
  made: Made;
  pictures: readonly Made[];
  selfie: string | null;
  chosen: number;
  /** Whether the photo that is there was fused into a template already. */
  known: (material: ShownMaterial) => boolean;
}

/** Where a picture is made and then shown. */
export class Stage {
  readonly root: HTMLElement;
  private readonly title = el("h1", { class: "stage-title", tabindex: -1 });
  private readonly shown = el("div", { class: "shown" });
  private readonly below = el("div", { class: "below" });
  private readonly bar = el("footer", { class: "bar stage-bar" });

  constructor(
    private readonly page: ShownPage,
    private readonly actions: Actions,
  ) {
    const back = el("button", { type: "button", class: "round", "aria-label": text.toStart, onclick: () => actions.onBack() }, icon("back"));
    this.root = el(
      "div",
      { class: "stage" },
      el("div", { class: "stage-head" }, back, this.title),
      el("div", { class: "stage-body" }, this.shown, this.below),
      el("p", { class: "notice" }, page.notice[language]),
      this.bar,
    );
  }

  focus(): void {
    this.title.focus({ preventScroll: true });
  }

  /** The template while the picture is made, with the selfie on its way. */
  making(material: ShownMaterial, selfie: string | null): Progress {
    const progress = new Progress();
    this.title.textContent = this.page.title;
    this.root.className = "stage is-making";
    fill(
      this.shown,
      pictureFrame(
        material,
        el("img", { src: material.picture, alt: "", class: "template" }),
        el("span", { class: "scan" }),
        selfie !== null && el("span", { class: "selfie" }, el("img", { src: selfie, alt: "" })),
      ),
    );
    fill(this.below, progress.root);
    fill(this.bar);
    return progress;
  }

  /** The picture, and what can be done with it. */
  result(material: ShownMaterial, it: Shown): void {
    const { page, actions } = this;
    const { made } = it;
    this.title.textContent = text.done;
    this.root.className = "stage is-done";
    const boxed = pictureFrame(
      material,
      el("img", { src: made.picture, alt: text.yourPicture, class: "fused" }),
      el("img", { src: material.picture, alt: "", class: "template over" }),
      el("span", { class: "tag before", "aria-hidden": "true" }, text.before),
      el("span", { class: "tag after", "aria-hidden": "true" }, text.after),
    );
    boxed.appendChild(wipe(boxed));
    fill(this.shown, boxed, el("p", { class: "wipe-hint" }, isWeChat ? text.longPress : text.wipe));
    fill(
      this.below,
      it.selfie !== null && page.materials.length > 1 && templateStrip(page.materials, it.chosen, it.known, actions.onTemplate),
      el(
        "div",
        { class: "yours" },
        it.selfie !== null && el("img", { src: it.selfie, alt: text.yourPhoto, class: "face" }),
        el("button", { type: "button", class: "plain", onclick: actions.onAgain }, page.buttons.again ?? text.again),
        el("button", { type: "button", class: "plain", onclick: () => actions.onDelete(made) }, icon("trash"), text.deleteNow),
      ),
      it.pictures.length > 1 && madeStrip(it.pictures, made.token, actions.onOpen),
      el("p", { class: "keep" }, `${text.keepHours(page.keep_result_hours)} · ${text.keep(clock(new Date(made.expires)))}`),
    );
    const button = (kind: string, drawing: "save" | "share", words: string, press: () => void) =>
      el("button", { type: "button", class: `button ${kind}`, onclick: press }, icon(drawing), words);
    fill(
      this.bar,
      el(
        "div",
        { class: "two" },
        button("main", "save", page.buttons.save ?? text.save, () => actions.onSave(made)),
        button("second", "share", text.share, () => actions.onShare(made)),
      ),
    );
  }

  /** Why there is no picture, and the way on. */
  trouble(trouble: Trouble, material: ShownMaterial, selfie: string | null, pictures: readonly Made[]): void {
    const { actions } = this;
    const drawing = trouble.isAboutPhoto ? "face" : trouble.isAboutNetwork ? "offline" : "clock";
    this.title.textContent = this.page.title;
    this.root.className = "stage is-trouble";
    fill(
      this.shown,
      el(
        "div",
        { class: "trouble" },
        el("div", { class: "trouble-picture" }, el("img", { src: selfie ?? `${material.picture}&width=320`, alt: "" }), el("span", { class: "badge" }, icon(drawing))),
        el("p", { class: "trouble-words", role: "alert" }, trouble.message),
        trouble.isAboutNetwork && selfie !== null && el("p", { class: "trouble-more" }, text.offlineKept),
        trouble.isAboutPhoto && el("ul", { class: "tips" }, ...text.tips.map((tip) => el("li", {}, icon("check"), tip))),
      ),
    );
    fill(this.below, pictures.length > 0 && madeStrip(pictures, null, actions.onOpen));
    const other = el("button", { type: "button", class: "button main", onclick: actions.onAgain }, icon("camera"), text.other);
    const retry = el("button", { type: "button", class: "button main", onclick: actions.onRetry }, icon("again"), text.retry);
    const back = el("button", { type: "button", class: "button second", onclick: actions.onBack }, text.toStart);
    fill(this.bar, el("div", { class: "two" }, trouble.isOver ? null : trouble.isAboutPhoto ? other : retry, back));
    (this.bar.querySelector("button") ?? this.title).focus({ preventScroll: true });
  }

  /** That the pictures are gone. */
  deleted(): void {
    this.title.textContent = this.page.title;
    this.root.className = "stage is-over";
    fill(this.shown, el("div", { class: "over-mark" }, icon("check")), el("h2", {}, text.deletedTitle), el("p", { class: "over-text" }, text.deletedText));
    fill(this.below);
    fill(this.bar, el("button", { type: "button", class: "button main", onclick: this.actions.onBack }, text.toStart));
    this.focus();
  }
}

/** The picture as large as it fits on the screen, in its own form from the beginning. */
function pictureFrame(material: ShownMaterial, ...children: (Node | false | null)[]): HTMLElement {
  const made = frame(material.width, material.height, ...children);
  const outer = el("div", { class: "fit" }, made);
  outer.style.setProperty("--form", (material.width / Math.max(1, material.height)).toFixed(4));
  return outer;
}
