import { el, icon, say } from "./dom";
import type { ShownPage } from "./shapes";
import { text } from "./text";

interface Sheet {
  page: ShownPage;
  /** Whether the visitor agreed before. */
  agreed: boolean;
  onPhoto: (file: File) => void;
  onClose: () => void;
}

/** The sheet from below that asks for consent and a selfie. */
export function sheet({ page, agreed, onPhoto, onClose }: Sheet): HTMLElement {
  const fault = el("p", { class: "fault", role: "alert" });
  const box = el("input", { type: "checkbox", id: "agree", checked: agreed, onchange: () => (fault.textContent = "") });
  const consent = el(
    "details",
    { class: "consent", open: !agreed },
    el("summary", {}, text.consentTitle),
    el("div", { class: "consent-text", tabindex: 0, role: "region", "aria-label": text.consentTitle }, page.consent_text),
  );
  const agreeing = el("label", { class: "agree", for: "agree" }, box, el("span", {}, agreed ? text.agreed : text.agree));
  const mayGoOn = () => {
    if (!box.checked) {
      fault.textContent = text.agreeFirst;
      agreeing.classList.remove("shake");
      void agreeing.offsetWidth;
      agreeing.classList.add("shake");
      box.focus();
    }
    return box.checked;
  };
  const chooser = (words: string, drawing: "camera" | "album", capture: boolean, main: boolean) => {
    const input = el("input", {
      type: "file",
      accept: "image/*",
      class: "unseen",
      tabindex: -1,
      "aria-hidden": "true",
      capture: capture ? "user" : null,
      onchange: () => {
        const file = input.files?.[0];
        input.value = "";
        if (file) {
          onPhoto(file);
        }
      },
    });
    const press = () => mayGoOn() && input.click();
    return el("span", { class: "chooser" }, input, el("button", { type: "button", class: `button ${main ? "main" : "second"}`, onclick: press }, icon(drawing), words));
  };
  // Only what is held in a hand has a camera for selfies that a file field opens.
  const inHand = window.matchMedia("(pointer: coarse)").matches;
  const panel = el(
    "div",
    { class: "panel", role: "dialog", "aria-modal": "true", "aria-labelledby": "sheet-title" },
    el("div", { class: "panel-head" }, el("h2", { id: "sheet-title", tabindex: -1 }, text.sheetTitle), closer(onClose)),
    el("ul", { class: "tips" }, ...text.tips.map((tip) => el("li", {}, icon("check"), tip))),
    consent,
    agreeing,
    fault,
    inHand
      ? el("div", { class: "two" }, chooser(text.album, "album", false, false), chooser(page.buttons.choose ?? text.takePhoto, "camera", true, true))
      : el("div", { class: "two" }, chooser(page.buttons.choose ?? text.choosePhoto, "album", false, true)),
  );
  return modal(panel, onClose, (file) => mayGoOn() && onPhoto(file));
}

function closer(onClose: () => void): HTMLElement {
  return el("button", { type: "button", class: "round", "aria-label": text.close, onclick: onClose }, icon("close"));
}

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

/** Asks before pictures are deleted. */
export function deleteQuestion(count: number, onYes: () => Promise<void>, onClose: () => void): HTMLElement {
  const fault = el("p", { class: "fault", role: "alert" });
  const yes = el("button", { type: "button", class: "button danger" }, text.deleteYes);
  yes.addEventListener("click", () => {
    yes.disabled = true;
    fault.textContent = "";
    onYes().catch((thrown: unknown) => {
      yes.disabled = false;
      fault.textContent = thrown instanceof Error ? thrown.message : text.broken;
      say(fault.textContent ?? "");
    });
  });
  const panel = el(
    "div",
    { class: "panel ask", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "ask-title", "aria-describedby": "ask-text" },
    el("h2", { id: "ask-title", tabindex: -1 }, text.deleteTitle),
    el("p", { id: "ask-text" }, text.deleteText(count)),
    fault,
    el("div", { class: "two" }, el("button", { type: "button", class: "button second", onclick: onClose }, text.cancel), yes),
  );
  return modal(panel, onClose);
}
