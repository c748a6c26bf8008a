import { useSearchParams } from "react-router";
import type { Schema } from "@/api/types";
import { useDetailName } from "@/app/audit-details";
import { useAccountRead } from "@/api/use-api";
import { useAccountPages } from "@/api/use-pages";
import { useAccountActionNames, useActionName, useSubjectName } from "@/app/audit-words";
import { isDay } from "@/app/days";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { DataTable, type Column } from "@/components/DataTable";
import { DayRange, isForwards } from "@/components/DayRange";
import { Empty } from "@/components/Empty";
import { Field } from "@/components/Field";
import { Card, Page } from "@/components/Page";
import { ProblemAlert } from "@/components/ProblemAlert";
import { SelectInput } from "@/components/SelectInput";
import { Skeleton } from "@/components/Skeleton";
import { Moment } from "@/components/Written";
import { useText } from "./text";
import styles from "./audit.module.css";

type Entry = Schema["AuditEntry"];

/** The filters stand in the address, so that they can be passed on. */
const FILTERS = ["login", "action", "from", "to"] as const;
type Filter = (typeof FILTERS)[number];

export default function AuditPage() {
  const w = useWords();
  const t = useText();
  const [params, setParams] = useSearchParams();
  const value = (name: Filter) => params.get(name) ?? "";
  const filtered = FILTERS.some((name) => value(name) !== "");
  const day = (name: "from" | "to") => (isDay(value(name)) ? value(name) : undefined);
  const filter = { login: value("login") || undefined, action: value("action") || undefined, from: day("from"), to: day("to") };
  const log = useAccountPages("/api/v1/accounts/{account}/audit", 50, filter, isForwards(value("from"), value("to")));
  const set = (name: Filter, wanted: string) => {
    const next = new URLSearchParams(params);
    if (wanted === "") {
      next.delete(name);
    } else {
      next.set(name, wanted);
    }
    setParams(next, { replace: true });
  };
  return (
    <Page title={w.audit} lead={t.lead}>
      <Filters value={value} onChange={set} onClear={filtered ? () => setParams({}, { replace: true }) : undefined} />
      {log.pages && <ProblemAlert problem={log.error} onRetry={log.refetch} />}
      <Card flush>
        {log.pages === undefined ? (
          <div className={styles.state}>{log.error ? <ProblemAlert problem={log.error} onRetry={log.refetch} /> : <Skeleton lines={8} />}</div>
        ) : (
          <Entries entries={log.pages.flatMap((page) => page.entries)} filtered={filtered} onMore={log.more} loadingMore={log.isMoreLoading} />
        )}
      </Card>
    </Page>
  );
}

interface FiltersProps {
  value: (name: Filter) => string;
  onChange: (name: Filter, value: string) => void;
  onClear: (() => void) | undefined;
}

function Filters({ value, onChange, onClear }: FiltersProps) {
  const t = useText();
  const names = useAccountActionNames();
  const members = useAccountRead("/api/v1/accounts/{account}/members", {}).data?.members ?? [];
  // Who is no member any more may be asked for in the address.
  const logins = [...new Set([...members.map((one) => one.login), value("login")])].filter((login) => login !== "");
  const said = useActionName();
  const actions = Object.entries(names);
  if (value("action") !== "" && !actions.some(([action]) => action === value("action"))) {
    actions.push([value("action"), said(value("action"))]);
  }
  return (
    <div className={styles.filters}>
      <Field label={t.who}>
        <SelectInput value={value("login")} onChange={(login) => onChange("login", login)} options={[{ value: "", label: t.everybody }, ...logins.map((login) => ({ value: login, label: login }))]} />
      </Field>
      <Field label={t.action}>
        <SelectInput value={value("action")} onChange={(action) => onChange("action", action)} options={[{ value: "", label: t.everything }, ...actions.map(([action, label]) => ({ value: action, label }))]} />
      </Field>
      <DayRange from={value("from")} to={value("to")} onFrom={(day) => onChange("from", day)} onTo={(day) => onChange("to", day)} />
      {onClear && (
        <Button variant="text" theme="default" onClick={onClear}>
          {t.clear}
        </Button>
      )}
    </div>
  );
}

interface EntriesProps {
  entries: Entry[];
  filtered: boolean;
  onMore: (() => void) | undefined;
  loadingMore: boolean;
}

function Entries({ entries, filtered, onMore, loadingMore }: EntriesProps) {
  const w = useWords();
  const t = useText();
  const action = useActionName();
  const activities = useAccountRead("/api/v1/accounts/{account}/activities", {});
  const subject = useSubjectName(new Map((activities.data?.activities ?? []).map((one) => [one.id, one.name])));
  const detail = useDetailName();
  const columns: Column<Entry>[] = [
    { key: "at", title: t.when, cell: (one) => <Moment at={one.at} /> },
    { key: "who", title: t.who, cell: (one) => one.login ?? <span className="m-muted">{t.commandLine}</span> },
    { key: "action", title: t.action, cell: (one) => action(one.action), onPhone: "title" },
    { key: "subject", title: t.subject, cell: (one) => subject(one.subject) || "—" },
    { key: "detail", title: t.detail, cell: (one) => (one.detail ? <span className="m-muted">{detail(one.action, one.detail)}</span> : "—") },
  ];
  return (
    <DataTable
      label={w.audit}
      columns={columns}
      rows={entries}
      rowKey={(one) => one.id}
      onMore={onMore}
      loadingMore={loadingMore}
      empty={filtered ? <Empty small title={t.noneSuch}>{t.noneSuchAdvice}</Empty> : <Empty title={t.none}>{t.noneAdvice}</Empty>}
    />
  );
}
