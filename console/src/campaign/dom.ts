type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | null | undefined>;

/** Makes an element: attributes by name, listeners by `on…`, children behind. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  Object.keys(attributes).forEach((name) => {
    const value = attributes[name];
    if (typeof value === "function") {
      made.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  });
  children.forEach((child) => {
    if (child) {
      made.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    }
  });
  return made;
}

/** Puts new children into an element in place of the old ones. */
export function fill(place: Element, ...children: Child[]): void {
  while (place.firstChild) {
    place.removeChild(place.firstChild);
  }
  children.forEach((child) => child && place.appendChild(typeof child === "string" ? document.createTextNode(child) : child));
}

const DRAWINGS = {
  camera: "M4 8.5A1.5 1.5 0 0 1 5.5 7h2.2l1.4-2h5.8l1.4 2h2.2A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM12 16.2a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8z",
  album: "M5.5 4.5h13A1.5 1.5 0 0 1 20 6v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18V6a1.5 1.5 0 0 1 1.5-1.5zM4.5 17l4.6-5 3.4 3.6 2.4-2.4 4.6 4.3M15.5 9.8a1 1 0 1 0 0-2 1 1 0 0 0 0 2z",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.6 4.6L19 7.6",
  save: "M12 4.5v10.2M7.6 10.6l4.4 4.4 4.4-4.4M5 19.5h14",
  share: "M14.5 5.5L20 10.6l-5.5 5.2v-3.2c-4.8 0-8 1.5-10 5 .5-5.4 3.6-8.4 10-8.9z",
  again: "M19 12a7 7 0 1 1-2.2-5.1M19.2 4.2v3.4h-3.4",
  trash: "M5 7h14M9.5 7V5h5v2M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
  lock: "M7 10.5h10v9H7zM9 10.5V8a3 3 0 0 1 6 0v2.5",
  back: "M14.5 5.5L8 12l6.5 6.5",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.5V12l3 2",
  face: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM9 10.2v.1M15 10.2v.1M8.8 15.6a4.4 4.4 0 0 1 6.4 0",
  offline: "M3 8.6a13.6 13.6 0 0 1 5-2.8M13 5.1a13.4 13.4 0 0 1 8 3.5M6.2 12.2a9 9 0 0 1 3.2-2M15.4 10.7a9 9 0 0 1 2.4 1.5M9.6 15.5a4.2 4.2 0 0 1 4.8 0M12 19v.1M4 3l16 18",
} as const;

/** A line drawing beside words. */
export function icon(name: keyof typeof DRAWINGS): Node {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.appendChild(path);
  return svg;
}

/** A place for a picture that keeps its form until it is there, and shimmers until then. */
export function frame(width: number, height: number, ...children: Child[]): HTMLElement {
  const made = el("span", { class: "frame" }, ...children);
  // The event does not bubble; it is caught on its way down.
  made.addEventListener("load", () => made.classList.add("has"), true);
  made.style.paddingTop = `${((height / Math.max(1, width)) * 100).toFixed(3)}%`;
  return made;
}

let voice: HTMLElement | null = null;

/** Says something to who listens instead of looking. */
export function say(words: string): void {
  if (voice === null) {
    voice = el("div", { class: "unseen", role: "status", "aria-live": "polite" });
    document.body.appendChild(voice);
  }
  voice.textContent = words;
}

let toastTimer = 0;

/** Shows a line for a moment, and says it. */
export function toast(words: string): void {
  const old = document.querySelector(".toast");
  old?.parentNode?.removeChild(old);
  const made = el("div", { class: "toast", "aria-hidden": "true" }, words);
  document.body.appendChild(made);
  say(words);
  window.clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => made.parentNode?.removeChild(made), 3200);
}
