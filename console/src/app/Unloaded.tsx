import { useCallback, useEffect, useState, type ComponentType } from "react";
import Button from "@/components/Button";
import { Empty } from "@/components/Empty";
import { useTabTitle } from "@/components/use-tab-title";
import { texts } from "@/i18n";

const useText = texts(
  {
    title: "页面没有加载成功",
    advice: "网络可能断开了，恢复后会自动再试。如果刚发布了新版本，请重新加载。",
    retry: "再试一次",
    reload: "重新加载",
  },
  {
    title: "The page did not load",
    advice: "The network may be gone; it is tried again once it is back. If a new version was just installed, reload.",
    retry: "Try again",
    reload: "Reload",
  },
);

/** Brings the code of a page. */
export type Load = () => Promise<{ default: ComponentType }>;

/** A page's component for the router. One whose code does not come says so, and comes later: the router itself would show nothing at all. */
export async function pageOf(load: Load): Promise<ComponentType> {
  try {
    return (await load()).default;
  } catch {
    return function NotYet() {
      return <Unloaded load={load} />;
    };
  }
}

/** When this tab was last loaded anew for want of a page's code, in milliseconds. */
const RELOADED = "mien.reloaded-at";

/** Whoever is told to reload again within this time is told in vain. */
const LEAST_BETWEEN_RELOADS_MS = 10_000;

/** Loads the tab anew, if the service answers and that was not tried a moment ago: browsers may remember for as long as a tab lives that code did not come. */
async function reloadIfAnswered(): Promise<void> {
  const answer = await fetch(window.location.href, { method: "HEAD", cache: "no-store" });
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (answer.ok && Date.now() - last > LEAST_BETWEEN_RELOADS_MS) {
    sessionStorage.setItem(RELOADED, String(Date.now()));
    window.location.reload();
  }
}

function Unloaded({ load }: { load: Load }) {
  const t = useText();
  const [page, setPage] = useState<{ Page: ComponentType } | null>(null);
  const [busy, setBusy] = useState(false);
  useTabTitle(t.title);
  const retry = useCallback(async () => {
    setBusy(true);
    try {
      setPage({ Page: (await load()).default });
    } catch {
      // Without an answer it stays as it is.
      await reloadIfAnswered().catch(() => undefined);
      setBusy(false);
    }
  }, [load]);
  useEffect(() => {
    const onOnline = () => void retry();
    window.addEventListener("online", onOnline);
    return () => window.removeEventListener("online", onOnline);
  }, [retry]);
  if (page) {
    return <page.Page />;
  }
  return (
    <Empty
      picture="lost"
      title={<h1>{t.title}</h1>}
      actions={
        <span className="m-row">
          <Button loading={busy} onClick={() => void retry()}>
            {t.retry}
          </Button>
          <Button variant="outline" theme="default" onClick={() => window.location.reload()}>
            {t.reload}
          </Button>
        </span>
      }
    >
      {t.advice}
    </Empty>
  );
}
