import { toast } from "./dom";
import type { ShownPage } from "./shapes";
import { text } from "./text";

export const isWeChat = /MicroMessenger/i.test(navigator.userAgent);

/** Shares the page: by the phone's own sheet where it has one, else by copying the link. */
export async function share(page: ShownPage): Promise<void> {
  const url = window.location.origin + window.location.pathname;
  if (isWeChat) {
    toast(text.shareWeChat);
    return;
  }
  const told = navigator as Partial<Pick<Navigator, "share">>;
  if (told.share !== undefined) {
    try {
      await navigator.share({ title: page.share.title, text: page.share.description || page.share.title, url });
      return;
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === "AbortError") {
        return;
      }
    }
  }
  toast((await copied(url)) ? text.copied : text.copyFailed);
}

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
  link.download = `${slug}-${Date.now().toString(36)}.jpg`;
  document.body.appendChild(link);
  link.click();
  document.body.removeChild(link);
  toast(text.saved);
}
