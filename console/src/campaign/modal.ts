import { el, say } from "./dom";
import { text } from "./text";

/** A dialog over the page: closed by the veil and Escape; Tab stays inside. */
export function modal(panel: HTMLElement, onClose: () => void, onDrop?: (file: File) => void): HTMLElement {
  const veil = el("div", { class: "veil" }, panel);
  veil.addEventListener("click", (event) => event.target === veil && onClose());
  veil.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else if (event.key === "Tab") {
      stayInside(event, panel);
    }
  });
  if (onDrop) {
    veil.addEventListener("dragover", (event) => event.preventDefault());
    veil.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) {
        onDrop(file);
      }
    });
  }
  return veil;
}

function stayInside(event: KeyboardEvent, panel: HTMLElement): void {
  const all = panel.querySelectorAll<HTMLElement>("button, summary, [tabindex='0'], input:not([tabindex='-1'])");
  const [first, last] = [all[0], all[all.length - 1]];
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first?.focus();
  }
}

interface Question {
  /** Pictures made in this tab. */
  count: number;
  onOne: () => Promise<void>;
  onAll: () => Promise<void>;
  onClose: () => void;
}

/** Asks before pictures are deleted, and tells what that deletes and what not. */
export function deleteQuestion({ count, onOne, onAll, onClose }: Question): HTMLElement {
  const fault = el("p", { class: "fault", role: "alert" });
  const act = (words: string, kind: string, does: () => Promise<void>) => {
    const button = el("button", { type: "button", class: `button ${kind}` }, words);
    button.addEventListener("click", () => {
      button.disabled = true;
      fault.textContent = "";
      does().catch((thrown: unknown) => {
        button.disabled = false;
        fault.textContent = thrown instanceof Error ? thrown.message : text.broken;
        say(fault.textContent ?? "");
      });
    });
    return button;
  };
  const panel = el(
    "div",
    { class: "panel ask", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "ask-title", "aria-describedby": "ask-text" },
    el("h2", { id: "ask-title", tabindex: -1 }, text.deleteTitle),
    el("ul", { id: "ask-text", class: "what" }, ...text.deleteWhat.map((what) => el("li", {}, what))),
    fault,
    el(
      "div",
      { class: "stack" },
      act(count > 1 ? text.deleteOne : text.deleteYes, "danger", onOne),
      count > 1 && act(text.deleteAll(count), "danger outline", onAll),
      el("button", { type: "button", class: "button second", onclick: onClose }, text.cancel),
    ),
  );
  return modal(panel, onClose);
}
