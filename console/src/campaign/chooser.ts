import { el, icon } from "./dom";

/** A button that opens a file field. */
export function chooser(
  words: string,
  drawing: "camera" | "album",
  kind: "main" | "second",
  capture: boolean,
  mayGoOn: () => boolean,
  onPhoto: (file: File) => void,
  onNone?: () => void,
): HTMLElement {
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
    // The visitor came back without a photo: perhaps the camera may not be used.
    oncancel: () => onNone?.(),
  });
  const press = () => mayGoOn() && input.click();
  return el("span", { class: "chooser" }, input, el("button", { type: "button", class: `button ${kind}`, onclick: press }, icon(drawing), words));
}
