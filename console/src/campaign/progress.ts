import { el, icon } from "./dom";
import { text } from "./text";

/** How long a fusion takes at most where nothing waits. */
const LONG_MS = 6000;

/** How far a picture is: only what is known is told as a part of the whole. */
export class Progress {
  readonly root: HTMLElement;
  private readonly words = el("p", { class: "progress-words" });
  private readonly fill = el("span", { class: "bar-fill" });
  private readonly bar = el("div", { class: "progress", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100 }, this.fill);
  private readonly steps = text.makingSteps.map((words) => el("li", {}, icon("check"), words));
  private timer = 0;

  constructor() {
    this.root = el("div", { class: "underway" }, this.words, this.bar, el("ol", { class: "making-steps", "aria-hidden": "true" }, ...this.steps));
    this.preparing();
  }

  preparing(): void {
    this.at(0, text.preparing, null);
  }

  sending(part: number): void {
    this.at(1, text.sending(Math.floor(part * 100)), part);
  }

  fusing(): void {
    this.at(2, text.fusing, null);
    this.timer = window.setTimeout(() => (this.words.textContent = text.fusingLong), LONG_MS);
  }

  fetching(): void {
    this.at(2, text.fetching, null);
  }

  tell(words: string): void {
    this.words.textContent = words;
  }

  private at(step: number, words: string, part: number | null): void {
    window.clearTimeout(this.timer);
    this.words.textContent = words;
    this.bar.setAttribute("aria-label", words);
    this.bar.classList.toggle("unknown", part === null);
    if (part === null) {
      this.bar.removeAttribute("aria-valuenow");
      this.fill.style.transform = "";
    } else {
      this.bar.setAttribute("aria-valuenow", String(Math.floor(part * 100)));
      this.fill.style.transform = `scaleX(${part.toFixed(3)})`;
    }
    this.steps.forEach((one, at) => {
      one.className = at < step ? "past" : at === step ? "now" : "";
    });
  }
}
