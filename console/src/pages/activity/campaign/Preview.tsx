import { useEffect, useRef, useState } from "react";
import { texts } from "@/i18n";
import type { DraftMessage, ShownPage } from "@/campaign/shapes";
import { useText } from "./text";
import css from "./campaign.module.css";

const useOwnText = texts({ note: "预览中不会真正制作图片" }, { note: "Nothing is made in the preview" });

/** The page in a phone, as it would be with what is written now. */
export function Preview({ page }: { page: ShownPage }) {
  const t = useText();
  const own = useOwnText();
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const hear = (event: MessageEvent<{ mien?: string } | undefined>) => {
      if (event.origin === window.location.origin && event.source === frame.current?.contentWindow && event.data?.mien === "ready") {
        setReady(true);
      }
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, []);
  useEffect(() => {
    if (!isReady) {
      return;
    }
    // Not at every key: pictures would flicker.
    const timer = window.setTimeout(() => {
      const message: DraftMessage = { mien: "draft", page };
      frame.current?.contentWindow?.postMessage(message, window.location.origin);
    }, 120);
    return () => window.clearTimeout(timer);
  }, [isReady, page]);
  return (
    <section aria-label={t.preview} className={css.preview}>
      <div className={css.phone}>
        <iframe ref={frame} title={t.previewFrame} src="/c/draft?preview=draft" />
      </div>
      <p className="m-muted m-small">
        {t.preview} · {own.note}
      </p>
    </section>
  );
}
