import { chooser } from "./chooser";
import { el, fill, icon, say } from "./dom";
import { modal } from "./modal";
import { text } from "./text";

/** Whether the page may ask for a camera: browsers allow it to safe pages only. */
export function canOpenCamera(): boolean {
  const told = navigator as { mediaDevices?: Partial<MediaDevices> };
  return window.isSecureContext && told.mediaDevices?.getUserMedia !== undefined;
}

interface Camera {
  onPhoto: (file: File) => void;
  onClose: () => void;
}

/** The camera of a computer: what it sees as in a mirror, and a button that takes it. */
export function camera({ onPhoto, onClose }: Camera): HTMLElement {
  const video = el("video", { class: "mirror", autoplay: true, playsinline: true, muted: true });
  video.muted = true;
  const said = el("p", { class: "camera-said", role: "status" }, text.cameraAsking);
  const shoot = el("button", { type: "button", class: "button main", disabled: true }, icon("camera"), text.shoot);
  const acts = el("div", { class: "choosers" }, shoot, album(onPhoto));
  const view = el("div", { class: "view" }, video, el("span", { class: "oval", "aria-hidden": "true" }), said);
  const panel = el(
    "div",
    { class: "panel", role: "dialog", "aria-modal": "true", "aria-labelledby": "camera-title" },
    el(
      "div",
      { class: "panel-head" },
      el("h2", { id: "camera-title", tabindex: -1 }, text.cameraTitle),
      el("button", { type: "button", class: "round", "aria-label": text.close, onclick: onClose }, icon("close")),
    ),
    view,
    acts,
  );
  const over = modal(panel, onClose);
  let stream: MediaStream | null = null;
  let isClosed = false;
  const stop = () => stream?.getTracks().forEach((track) => track.stop());
  over.addEventListener("closed", () => {
    isClosed = true;
    stop();
  });
  shoot.addEventListener("click", () => {
    void taken(video).then((file) => file && onPhoto(file));
  });
  const open = async () => {
    said.textContent = text.cameraAsking;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } }, audio: false });
      if (isClosed) {
        stop();
        return;
      }
      video.srcObject = stream;
      await video.play();
      said.textContent = text.cameraGuide;
      shoot.disabled = false;
      shoot.focus({ preventScroll: true });
    } catch (thrown) {
      const why = reason(thrown);
      view.classList.add("dark");
      said.textContent = why;
      said.setAttribute("role", "alert");
      say(why);
      const again = el("button", { type: "button", class: "button second" }, icon("again"), text.takeAgain);
      again.addEventListener("click", () => {
        view.classList.remove("dark");
        fill(acts, shoot, album(onPhoto));
        void open();
      });
      fill(acts, album(onPhoto, "main"), again);
    }
  };
  void open();
  return over;
}

const album = (onPhoto: (file: File) => void, kind: "main" | "second" = "second") => chooser(text.album, "album", kind, false, () => true, onPhoto);

/** What the visitor can do about it. */
function reason(thrown: unknown): string {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") {
    return text.cameraDenied;
  }
  return name === "NotReadableError" || name === "AbortError" ? text.cameraBusy : text.cameraMissing;
}

/** What the camera sees, as it is and not as in a mirror. */
function taken(video: HTMLVideoElement): Promise<File | null> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob && new File([blob], "selfie.jpg", { type: "image/jpeg" })), "image/jpeg", 0.95));
}
