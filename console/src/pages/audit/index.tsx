import { useState } from "react";
import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useAccountPages } from "@/api/use-pages";
import { useWords } from "@/app/words";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { TextInput } from "@/components/Field";
import { Card, Page } from "@/components/Page";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Skeleton } from "@/components/Skeleton";
import { Moment } from "@/components/Written";
import { useActionName, useDetailName, useSubjectName } from "./actions";
import { useText } from "./text";
import styles from "./audit.module.css";

type Entry = Schema["AuditEntry"];

export default function AuditPage() {
  const w = useWords();
  const t = useText();
  const action = useActionName();
  const log = useAccountPages("/api/v1/accounts/{account}/audit");
  const activities = useAccountRead("/api/v1/accounts/{account}/activities", {});
  const subject = useSubjectName(new Map((activities.data?.activities ?? []).map((one) => [one.id, one.name])));
  const detail = useDetailName();
  const [text, setText] = useState("");
  const entries = log.pages?.flatMap((page) => page.entries) ?? [];
  const wanted = text.trim().toLowerCase();
  const shown = entries.filter((one) => [one.login ?? t.commandLine, action(one.action), subject(one.subject), one.subject, detail(one.detail), one.detail].join(" ").toLowerCase().includes(wanted));
  const columns: Column<Entry>[] = [
    { key: "at", title: t.when, cell: (one) => <Moment at={one.at} /> },
    { key: "who", title: t.who, cell: (one) => one.login ?? <span className="m-muted">{t.commandLine}</span> },
    { key: "action", title: t.action, cell: (one) => action(one.action), onPhone: "title" },
    { key: "subject", title: t.subject, cell: (one) => subject(one.subject) || "—" },
    { key: "detail", title: t.detail, cell: (one) => <span className="m-muted">{detail(one.detail) || "—"}</span> },
  ];
  return (
    <Page title={w.audit} lead={t.lead}>
      <div className={styles.search}>
        <TextInput type="search" label={t.search} placeholder={t.search} value={text} onChange={setText} />
      </div>
      {log.pages && <ProblemAlert problem={log.error} onRetry={log.refetch} />}
      <Card flush>
        {log.pages === undefined ? (
          <div className={styles.state}>{log.error ? <ProblemAlert problem={log.error} onRetry={log.refetch} /> : <Skeleton lines={8} />}</div>
        ) : (
          <>
            <DataTable
              label={w.audit}
              columns={columns}
              rows={shown}
              rowKey={(one) => one.id}
              onMore={log.more}
              loadingMore={log.isMoreLoading}
              {...(entries.length === 0 ? { empty: <Empty title={t.none}>{t.noneAdvice}</Empty> } : {})}
            />
            {entries.length > 0 && shown.length === 0 && <p className={styles.state}>{t.noneSuch}</p>}
          </>
        )}
      </Card>
    </Page>
  );
}
