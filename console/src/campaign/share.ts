import { toast } from "./dom";
import type { ShownPage } from "./shapes";
import { text } from "./text";

export const isWeChat = /MicroMessenger/i.test(navigator.userAgent);

/** Shares the page, with the picture where the phone takes one: by the phone's own sheet, else by copying the link. */
export async function share(page: ShownPage, picture: string): Promise<void> {
  const url = window.location.origin + window.location.pathname;
  if (isWeChat) {
    toast(text.shareWeChat);
    return;
  }
  const told = navigator as Partial<Pick<Navigator, "share" | "canShare">>;
  if (told.share !== undefined) {
    const card = { title: page.share.title, text: page.share.description || page.share.title, url };
    const files = await fileOf(picture, page.slug);
    try {
      await navigator.share(files.length > 0 && told.canShare?.({ files }) === true ? { ...card, files } : card);
      return;
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === "AbortError") {
        return;
      }
    }
  }
  toast((await copied(url)) ? text.copied : text.copyFailed);
}

/** The picture as a file; it is shown, so the browser has it. */
async function fileOf(picture: string, slug: string): Promise<File[]> {
  try {
    const blob = await (await fetch(picture)).blob();
    return [new File([blob], nameOf(slug, blob.type), { type: blob.type })];
  } catch {
    // Then the page alone is shared.
    return [];
  }
}

const nameOf = (slug: string, type: string) => `${slug}-${Date.now().toString(36)}.${type === "image/png" ? "png" : "jpg"}`;

async function copied(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Only safe pages have a clipboard; older browsers copy what is selected.
    const area = document.createElement("textarea");
    area.value = words;
    area.readOnly = true;
    area.className = "unseen";
    document.body.appendChild(area);
    area.select();
    const done = document.execCommand("copy");
    document.body.removeChild(area);
    return done;
  }
}

/** Saves the picture: WeChat lets its visitors do that by a long press only. */
export function save(picture: string, slug: string): void {
  if (isWeChat) {
    toast(text.longPress);
    return;
  }
  const link = document.createElement("a");
  link.href = picture;
  link.download = nameOf(slug, "image/jpeg");
  document.body.appendChild(link);
  link.click();
  document.body.removeChild(link);
  toast(text.saved);
}
