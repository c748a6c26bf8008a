import { canOpenCamera } from "./camera";
import { chooser } from "./chooser";
import { el, icon } from "./dom";
import { steps } from "./hero";
import { modal } from "./modal";
import { isWeChat } from "./share";
import type { ShownPage } from "./shapes";
import { text } from "./text";

interface Sheet {
  page: ShownPage;
  /** The receipt, where the visitor agreed before. */
  receipt: string | null;
  onPhoto: (file: File) => void;
  /** Opens the camera of a machine that no file field opens. */
  onCamera: () => void;
  onClose: () => void;
}

/** The sheet from below that asks for consent and a selfie. */
export function sheet({ page, receipt, onPhoto, onCamera, onClose }: Sheet): HTMLElement {
  const agreed = receipt !== null;
  const fault = el("p", { class: "fault", role: "alert" });
  const way = el("div", {}, steps(agreed ? 2 : 1));
  const box = el("input", { type: "checkbox", id: "agree", checked: agreed });
  box.addEventListener("change", () => {
    fault.textContent = "";
    way.replaceChild(steps(box.checked ? 2 : 1), way.firstChild as Node);
  });
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
  const hint = el("p", { class: "no-photo", role: "status" });
  const panel = el(
    "div",
    { class: "panel", role: "dialog", "aria-modal": "true", "aria-labelledby": "sheet-title" },
    el("div", { class: "panel-head" }, el("h2", { id: "sheet-title", tabindex: -1 }, text.sheetTitle), closer(onClose)),
    way,
    consent(page, receipt),
    agreeing,
    fault,
    el("ul", { class: "tips" }, ...text.tips.map((tip) => el("li", {}, icon("check"), tip))),
    hint,
    el("div", { class: "choosers" }, ...choosers(page, mayGoOn, onPhoto, onCamera, () => (hint.textContent = isWeChat ? text.noPhotoYetWeChat : text.noPhotoYet))),
  );
  return modal(panel, onClose, (file) => mayGoOn() && onPhoto(file));
}

function consent(page: ShownPage, receipt: string | null): HTMLElement {
  return el(
    "details",
    { class: "consent", open: receipt === null },
    el("summary", {}, icon("lock"), text.consentTitle),
    el(
      "div",
      { class: "consent-text", tabindex: 0, role: "region", "aria-label": text.consentTitle },
      page.consent_text,
      receipt !== null && el("p", { class: "receipt" }, text.receipt(receipt)),
    ),
  );
}

/** The ways to a photo: what is held in a hand has a camera for selfies that a file field opens; others may have one of their own. */
function choosers(page: ShownPage, mayGoOn: () => boolean, onPhoto: (file: File) => void, onCamera: () => void, onNone: () => void): HTMLElement[] {
  const inHand = window.matchMedia("(pointer: coarse)").matches;
  if (inHand) {
    return [
      chooser(page.buttons.choose ?? text.takePhoto, "camera", "main", true, mayGoOn, onPhoto, onNone),
      chooser(text.album, "album", "second", false, mayGoOn, onPhoto),
    ];
  }
  const choose = chooser(page.buttons.choose ?? text.choosePhoto, "album", "main", false, mayGoOn, onPhoto);
  const camera = el("button", { type: "button", class: "button second", onclick: () => mayGoOn() && onCamera() }, icon("camera"), text.takePhoto);
  return [choose, ...(canOpenCamera() ? [camera] : []), el("p", { class: "drop" }, text.drop)];
}

function closer(onClose: () => void): HTMLElement {
  return el("button", { type: "button", class: "round", "aria-label": text.close, onclick: onClose }, icon("close"));
}
