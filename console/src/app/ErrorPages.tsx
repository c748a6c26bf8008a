import { Link, useRouteError } from "react-router";
import Button from "@/components/Button";
import type { Problem } from "@/api/problem";
import { Empty } from "@/components/Empty";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useTabTitle } from "@/components/use-tab-title";
import { texts } from "@/i18n";
import { Mark } from "./Mark";

const useText = texts(
  {
    lost: "找不到这个页面",
    lostAdvice: "它可能已被删除，或者您不是该账户的成员。",
    forbidden: "您没有权限",
    forbiddenAdvice: "此页面只对运营者开放。",
    failed: "页面出错了",
    failedAdvice: "请重新加载。如果刚发布了新版本，重新加载后即可恢复。",
    reload: "重新加载",
    home: "回到首页",
    unreachable: "连接不到 mien",
  },
  {
    lost: "There is no such page",
    lostAdvice: "It may have been deleted, or you are not a member of its account.",
    forbidden: "You may not see this",
    forbiddenAdvice: "This page is for operators.",
    failed: "This page failed",
    failedAdvice: "Reload it. If a new version was just installed, that is all it takes.",
    reload: "Reload",
    home: "Go home",
    unreachable: "mien cannot be reached",
  },
);

function HomeButton() {
  const t = useText();
  return (
    <Link to="/" className="t-button t-button--theme-default t-button--variant-outline" style={{ display: "inline-flex", alignItems: "center", padding: "6px 16px" }}>
      {t.home}
    </Link>
  );
}

export function LostPage() {
  const t = useText();
  useTabTitle(t.lost);
  return (
    <Empty picture="lost" heading title={t.lost} actions={<HomeButton />}>
      {t.lostAdvice}
    </Empty>
  );
}

export function ForbiddenPage() {
  const t = useText();
  useTabTitle(t.forbidden);
  return (
    <Empty picture="locked" heading title={t.forbidden} actions={<HomeButton />}>
      {t.forbiddenAdvice}
    </Empty>
  );
}

/** A page that threw, or whose code could not be loaded. */
export function FailedPage() {
  return <Failed thrown={useRouteError()} />;
}

export function Failed({ thrown }: { thrown: unknown }) {
  const t = useText();
  useTabTitle(t.failed);
  return (
    <Empty
      picture="lost"
      heading title={t.failed}
      actions={<Button onClick={() => window.location.reload()}>{t.reload}</Button>}
    >
      {t.failedAdvice}
      {import.meta.env.DEV && thrown instanceof Error && <pre>{thrown.message}</pre>}
    </Empty>
  );
}

export function UnreachablePage({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const t = useText();
  useTabTitle(t.unreachable);
  return (
    <main style={{ maxWidth: 480, margin: "20vh auto 0", padding: 16 }} className="m-stack">
      <Mark size={40} />
      <h1>{t.unreachable}</h1>
      <ProblemAlert problem={problem} onRetry={onRetry} />
    </main>
  );
}
