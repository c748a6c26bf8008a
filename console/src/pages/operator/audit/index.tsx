import { Link, useSearchParams } from "react-router";
import type { Schema } from "@/api/types";
import { useRead } from "@/api/use-api";
import { useDetailName } from "@/app/audit-details";
import { useActionName, useActionNames, useSubjectName } from "@/app/audit-words";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Field } from "@/components/Field";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { SelectInput } from "@/components/SelectInput";
import { Skeleton } from "@/components/Skeleton";
import { Moment } from "@/components/Written";
import { DayRange } from "@/components/DayRange";
import { usePages } from "../parts/use-pages";
import { useText } from "./text";
import styles from "./audit.module.css";

type Entry = Schema["AuditEntry"];

/** The filters stand in the address, so that other pages can link to what they mean. */
const FILTERS = ["account", "user", "action", "from", "to"] as const;

export default function OperatorAuditPage() {
  const w = useWords();
  const t = useText();
  const [params, setParams] = useSearchParams();
  const filter = Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? undefined]));
  const filtered = FILTERS.some((name) => params.get(name));
  const entries = usePages("/api/v1/operator/audit", filter);
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value === "") {
      next.delete(name);
    } else {
      next.set(name, value);
    }
    setParams(next, { replace: true });
  };
  return (
    <Page title={w.operatorAudit} lead={t.lead}>
      <Filters value={(name) => params.get(name) ?? ""} onChange={set} onClear={filtered ? () => setParams({}, { replace: true }) : undefined} />
      <Card flush>
        <PageState of={entries} loading={<Skeleton height={480} />}>
          {({ pages }) => (
            <Entries
              entries={pages.flatMap((page) => page.entries)}
              filtered={filtered}
              onMore={entries.hasNextPage ? () => void entries.fetchNextPage() : undefined}
              loadingMore={entries.isFetchingNextPage}
            />
          )}
        </PageState>
      </Card>
    </Page>
  );
}

interface FiltersProps {
  value: (name: string) => string;
  onChange: (name: string, value: string) => void;
  onClear: (() => void) | undefined;
}

function Filters({ value, onChange, onClear }: FiltersProps) {
  const t = useText();
  const words = useActionNames();
  const accounts = useRead("/api/v1/operator/accounts", {}).data?.accounts ?? [];
  const users = useRead("/api/v1/operator/users", {}).data?.users ?? [];
  const actions = Object.entries(words).map(([action, label]) => ({ value: action, label }));
  const chosen = value("action");
  if (chosen !== "" && words[chosen] === undefined) {
    actions.push({ value: chosen, label: chosen });
  }
  return (
    <div className={styles["filters"]}>
      <Field label={t.where}>
        <SelectInput
          value={value("account")}
          onChange={(account) => onChange("account", account)}
          options={[{ value: "", label: t.allAccounts }, ...accounts.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))]}
        />
      </Field>
      <Field label={t.who}>
        <SelectInput
          value={value("user")}
          onChange={(user) => onChange("user", user)}
          options={[{ value: "", label: t.allUsers }, ...users.map(({ id, login }) => ({ value: id, label: login }))]}
        />
      </Field>
      <Field label={t.what}>
        <SelectInput value={chosen} onChange={(action) => onChange("action", action)} options={[{ value: "", label: t.allActions }, ...actions]} />
      </Field>
      <DayRange from={value("from")} to={value("to")} onFrom={(day) => onChange("from", day)} onTo={(day) => onChange("to", day)} />
      {onClear && (
        <Button variant="text" theme="primary" onClick={onClear}>
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
  const subject = useSubjectName(new Map());
  const detail = useDetailName();
  const accounts = useRead("/api/v1/operator/accounts", {}).data?.accounts ?? [];
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const columns: Column<Entry>[] = [
    { key: "at", title: t.at, cell: (entry) => <Moment at={entry.at} />, width: 160 },
    { key: "who", title: t.who, cell: (entry) => (entry.login ? <code className={styles["login"]}>{entry.login}</code> : <span className="m-muted">{entry.action === "sign_in_failed" ? t.nobody : t.commandLine}</span>) },
    { key: "what", title: t.what, cell: (entry) => <span title={entry.action}>{action(entry.action)}</span>, onPhone: "title" },
    { key: "where", title: t.where, cell: (entry) => (entry.account ? <Link to={`/operator/accounts/${entry.account}`}>{names.get(entry.account) ?? entry.account}</Link> : "—") },
    { key: "subject", title: t.subject, cell: (entry) => subject(entry.subject) || "—" },
    { key: "detail", title: t.detail, cell: (entry) => (entry.detail ? <span className="m-muted">{detail(entry.action, entry.detail)}</span> : "—") },
  ];
  return (
    <DataTable
      label={w.operatorAudit}
      columns={columns}
      rows={entries}
      rowKey={(entry) => entry.id}
      onMore={onMore}
      loadingMore={loadingMore}
      empty={filtered ? <Empty small title={t.noMatch}>{t.noMatchAdvice}</Empty> : <Empty small title={t.none}>{t.noneAdvice}</Empty>}
    />
  );
}
