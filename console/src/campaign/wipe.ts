import { el } from "./dom";
import { text } from "./text";

const SWEEP_MS = 1300;

/** A slider over a picture that lies under its template: moved to the right it shows more of the template. */
export function wipe(boxed: HTMLElement): HTMLInputElement {
  // Its handle alone takes fingers, so that a long press on the picture still saves it.
  const range = el("input", { type: "range", class: "wipe", min: 0, max: 100, step: 1, "aria-label": text.wipe });
  const show = () => {
    const at = Number(range.value);
    boxed.style.setProperty("--at", `${at}%`);
    range.setAttribute("aria-valuetext", text.wipeAt(at));
    boxed.classList.toggle("shows-before", at > 14);
    boxed.classList.toggle("shows-after", at < 86);
  };
  range.addEventListener("input", show);
  range.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 5, ArrowUp: 5, ArrowLeft: -5, ArrowDown: -5 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      range.value = String(Number(range.value) + step);
      show();
    }
  });
  range.value = "0";
  show();
  if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    sweep(range, show);
  }
  return range;
}

/** Lets the result appear from under the template, once, until a hand takes over. */
function sweep(range: HTMLInputElement, show: () => void): void {
  let isTaken = false;
  ["pointerdown", "keydown"].forEach((name) => range.addEventListener(name, () => (isTaken = true)));
  const begun = performance.now();
  const move = (now: number) => {
    const part = Math.min(1, (now - begun) / SWEEP_MS);
    if (isTaken) {
      return;
    }
    range.value = String(Math.round(100 * (1 - part) ** 3));
    show();
    if (part < 1) {
      window.requestAnimationFrame(move);
    }
  };
  range.value = "100";
  show();
  window.requestAnimationFrame(move);
}
