import "./styles/base.css";
import "./styles/home.css";
import "./styles/sheet.css";
import "./styles/stage.css";
import { Api, Trouble } from "./api";
import { isDark, palette } from "./colours";
import { el, fill, icon } from "./dom";
import type { DraftMessage, ShownPage } from "./shapes";
import { nameLanguage, text } from "./text";
import { Visit } from "./visit";

const place = document.getElementById("campaign");
const slug = /^\/c\/([^/?#]+)/.exec(window.location.pathname)?.[1];
/** The form of the page, which stands in its HTML until it is there. */
const waiting = document.querySelector(".waiting") ?? el("div", { class: "waiting" });
const look = new URLSearchParams(window.location.search).get("preview");

nameLanguage();

if (place && slug !== undefined) {
  if (look === "draft" && window.parent !== window) {
    followDraft(place);
  } else {
    void open(place, decodeURIComponent(slug));
  }
}

async function open(into: HTMLElement, name: string): Promise<void> {
  const api = new Api(name);
  const isPreview = look !== null && look !== "0";
  waiting.querySelector(".unseen")?.replaceChildren(text.loading);
  fill(into, waiting);
  try {
    const page = await api.page(isPreview);
    dress(page);
    if (isPreview) {
      document.body.appendChild(el("p", { class: "preview", role: "note" }, text.preview));
    }
    new Visit(page, api, into, isPreview).show(page);
  } catch (thrown) {
    cannotOpen(into, thrown, () => void open(into, name));
  }
}

function cannotOpen(into: HTMLElement, thrown: unknown, again: () => void): void {
  const trouble = thrown instanceof Trouble ? thrown : new Trouble("broken", text.broken);
  const isGone = trouble.code === "not_found";
  document.title = isGone ? text.gone : text.loadFailed;
  fill(
    into,
    el(
      "div",
      { class: "gone", role: "alert" },
      el("div", { class: "over-mark" }, icon(isGone ? "clock" : "offline")),
      el("h1", {}, isGone ? text.gone : text.loadFailed),
      el("p", {}, isGone ? text.goneText : trouble.message),
      !isGone && el("button", { type: "button", class: "button main", onclick: again }, text.retry),
    ),
  );
}

/** Shows what is being written in the console, which frames this page. */
function followDraft(into: HTMLElement): void {
  let visit: Visit | null = null;
  window.addEventListener("message", (event: MessageEvent<DraftMessage | undefined>) => {
    if (event.origin !== window.location.origin || event.source !== window.parent || event.data?.mien !== "draft") {
      return;
    }
    const { page } = event.data;
    const top = window.pageYOffset;
    dress(page);
    visit = visit ?? new Visit(page, new Api(page.slug), into, true);
    visit.show(page);
    window.scrollTo(0, top);
  });
  window.parent.postMessage({ mien: "ready" }, window.location.origin);
}

function dress(page: ShownPage): void {
  const colours = palette(page.colours);
  Object.keys(colours).forEach((name) => document.documentElement.style.setProperty(name, colours[name] ?? ""));
  document.title = page.title;
  let theme = document.querySelector<HTMLMetaElement>("meta[name=theme-color]");
  if (theme === null) {
    theme = el("meta", { name: "theme-color" });
    document.head.appendChild(theme);
  }
  // What the browser draws around the page belongs to the poster's head.
  theme.content = page.colours.primary;
  document.documentElement.style.colorScheme = isDark(page.colours.background) ? "dark" : "light";
}
