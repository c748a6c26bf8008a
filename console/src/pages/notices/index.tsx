import { Link, useSearchParams } from "react-router";
import type { Schema } from "@/api/types";
import { useAccountChange } from "@/api/use-api";
import { useAccountPages } from "@/api/use-pages";
import { useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Empty } from "@/components/Empty";
import { CheckIcon } from "@/components/icons";
import { Card, Page } from "@/components/Page";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Skeleton } from "@/components/Skeleton";
import { Moment } from "@/components/Written";
import { lookOf, type Kind } from "@/components/notice-look";
import { useNoticeWords } from "@/components/notice-words";
import { useText } from "./text";
import styles from "./notices.module.css";

const NOTICES = "/api/v1/accounts/{account}/notices";
const OVERVIEW = "/api/v1/accounts/{account}/overview";

export default function NoticesPage() {
  const w = useWords();
  const t = useText();
  const { count } = useFormat();
  const [params, setParams] = useSearchParams();
  const show = params.get("show") === "unread" ? "unread" : "all";
  const kind = (["use", "time", "money", "review"] as const).find((one) => one === params.get("kind")) ?? "every";
  const list = useAccountPages(NOTICES);
  const see = useAccountChange("put", "/api/v1/accounts/{account}/notices/seen", { refreshes: [NOTICES, OVERVIEW] });
  const set = (name: string, value: string, usual: string) => {
    const next = new URLSearchParams(params);
    if (value === usual) {
      next.delete(name);
    } else {
      next.set(name, value);
    }
    setParams(next, { replace: true });
  };
  const wordsOf = useNoticeWords();
  const notices = list.pages?.flatMap((page) => page.notices) ?? [];
  const unread = list.pages?.[0]?.unread ?? 0;
  const [newest] = notices;
  const shown = notices.filter((one) => (show === "all" || !one.seen) && (kind === "every" || lookOf(one.about).kind === kind));
  return (
    <Page
      title={w.notices}
      lead={t.lead}
      actions={
        unread > 0 &&
        newest && (
          <Button variant="outline" theme="default" icon={<CheckIcon />} loading={see.isPending} onClick={() => see.mutate({ body: { notice: newest.id } })}>
            {t.seeAll}
          </Button>
        )
      }
    >
      <div className={styles.filter}>
        <Choice label={t.show} value={show} options={[{ value: "all", label: t.all }, { value: "unread", label: t.unread(count(unread)) }]} onChange={(value) => set("show", value, "all")} />
        <Choice<Kind | "every"> label={t.kind} value={kind} options={[{ value: "every", label: t.everyKind }, ...(["use", "time", "money", "review"] as const).map((one) => ({ value: one, label: t[one] }))]} onChange={(value) => set("kind", value, "every")} />
      </div>
      <ProblemAlert problem={see.error ?? (list.pages ? list.error : null)} />
      <Card flush>
        {list.pages === undefined ? (
          <div className={styles.state}>{list.error ? <ProblemAlert problem={list.error} onRetry={list.refetch} /> : <Skeleton lines={8} />}</div>
        ) : shown.length === 0 ? (
          <Empty title={notices.length === 0 ? t.none : t.noneSuch}>{notices.length === 0 && t.noneAdvice}</Empty>
        ) : (
          <ul className={`m-plain ${styles.list}`}>
            {shown.map((one) => (
              <Notice key={one.id} notice={one} words={wordsOf(one)} />
            ))}
          </ul>
        )}
        {list.more && (
          <div className="m-table-more">
            <Button variant="text" loading={list.isMoreLoading} onClick={list.more}>
              {t.more}
            </Button>
          </div>
        )}
      </Card>
    </Page>
  );
}

function Notice({ notice, words: { title, text, look } }: { notice: Schema["Notice"]; words: ReturnType<ReturnType<typeof useNoticeWords>> }) {
  const t = useText();
  const toPage = useToPage();
  return (
    <li className={notice.seen ? undefined : styles.unread}>
      <span className={`${styles.icon} ${styles[look.tone]}`} aria-hidden="true">
        {look.icon}
      </span>
      <div className={styles.words}>
        <p className={styles.title}>
          {!notice.seen && <span className={styles.dot} role="img" aria-label={t.isUnread} />}
          {title}
        </p>
        <p className="m-muted">{text}</p>
        <p className="m-muted m-small">
          <Moment at={notice.at} />
        </p>
      </div>
      <Link className={styles.go} to={toPage(look.page)} aria-label={`${t[look.go]}: ${title}`}>
        {t[look.go]}
      </Link>
    </li>
  );
}
