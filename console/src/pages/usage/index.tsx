import { Link, useSearchParams } from "react-router";
import { fill } from "@/api/upload";
import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useAccountId, useToPage } from "@/app/account";
import { daysBetween } from "@/app/days";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { ChartPanel } from "@/components/ChartPanel";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { DownloadIcon } from "@/components/icons";
import { Card, Figure, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Count } from "@/components/Written";
import { Controls, KindChoice } from "./Controls";
import { useSeriesName } from "./series-name";
import { useText } from "./text";
import { begun, mostOf, readView, shortPeriods, type View } from "./view";
import styles from "./usage.module.css";

const MOST_SERIES = 6;

export default function UsagePage() {
  const w = useWords();
  const t = useText();
  const account = useAccountId();
  const { dayOf } = useFormat();
  const [params, setParams] = useSearchParams();
  const today = dayOf(new Date().toISOString());
  const view = readView(params, today);
  const set = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) {
        next.delete(name);
      } else {
        next.set(name, value);
      }
    }
    setParams(next, { replace: true });
  };
  const query = { from: view.from, to: view.to, by: view.by, split: view.split };
  const usage = useAccountRead("/api/v1/accounts/{account}/usage", { query }, { enabled: view.from <= view.to, keepLast: true });
  return (
    <Page
      title={w.usage}
      lead={t.lead}
      actions={
        <a className={styles.csv} href={fill("/api/v1/accounts/{account}/usage.csv", { account }, query)} download={`usage-${view.from}-${view.to}.csv`}>
          <DownloadIcon /> {t.csv}
        </a>
      }
    >
      <Controls view={view} today={today} set={set} />
      <PageState of={usage} loading={<Waiting />}>
        {(read) => <Shown read={read} view={view} set={set} />}
      </PageState>
    </Page>
  );
}

function Waiting() {
  return (
    <Card>
      <Skeleton height={420} />
    </Card>
  );
}

function Shown({ read, view, set }: { read: Schema["Usage"]; view: View; set: (changes: Record<string, string | null>) => void }) {
  const t = useText();
  const toPage = useToPage();
  const name = useSeriesName(read.split);
  const named = read.series.map((one) => ({ ...one, label: name(one) }));
  const { moment } = useFormat();
  const drawn = begun(read.periods, moment(new Date().toISOString()));
  const shown = mostOf(named, MOST_SERIES, t.others);
  return (
    <>
      <Figures read={read} />
      <ChartPanel
        title={t.calls}
        unit={t.unit}
        kind={view.kind}
        stacked
        height={340}
        periods={shortPeriods(read.periods.slice(0, drawn))}
        series={shown.map((one) => ({ key: one.key, label: one.label, values: one.calls.slice(0, drawn) }))}
        actions={<KindChoice value={view.kind} onChange={(chart) => set({ chart })} />}
        empty={
          <Empty small picture="chart" title={t.empty} actions={<Link to={toPage("explorer")}>{t.explorer}</Link>}>
            {t.emptyAdvice}
          </Empty>
        }
      />
      {read.split !== "none" && read.total > 0 && <Breakdown series={named} total={read.total} colours={shown.filter((one) => one.key !== "others").map((one) => one.key)} />}
    </>
  );
}

function Figures({ read }: { read: Schema["Usage"] }) {
  const t = useText();
  const { count } = useFormat();
  const sums = read.periods.map((_, index) => read.series.reduce((sum, one) => sum + (one.calls[index] ?? 0), 0));
  const peak = sums.length === 0 ? 0 : Math.max(...sums);
  const days = daysBetween(read.from, read.to);
  return (
    <Card>
      <div className={styles.figures}>
        <Figure label={t.total} value={count(read.total)} note={`${read.from} – ${read.to}`} />
        <Figure label={t.average} value={count(Math.round(read.total / days))} />
        <Figure label={t.peak} value={count(peak)} note={peak > 0 ? read.periods[sums.indexOf(peak)] : undefined} />
      </div>
    </Card>
  );
}

interface BreakdownProps {
  series: Schema["Series"][];
  total: number;
  /** Keys of the series that the chart draws, in the order of its colours. */
  colours: string[];
}

function Breakdown({ series, total, colours }: BreakdownProps) {
  const t = useText();
  const { percent } = useFormat();
  const colour = (key: string) => {
    const place = colours.indexOf(key);
    return { background: place < 0 ? "var(--mien-chart-6)" : `var(--mien-chart-${place + 1})` };
  };
  const label = (one: Schema["Series"]) => (
    <span className={styles.name}>
      <span className={styles.mark} style={colour(one.key)} aria-hidden="true" />
      {one.label}
    </span>
  );
  const columns: Column<Schema["Series"]>[] = [
    { key: "label", title: t.breakdown, cell: label, onPhone: "title", sortBy: (one) => one.label },
    { key: "calls", title: t.calls, align: "right", cell: (one) => <Count value={one.total} />, sortBy: (one) => one.total },
    {
      key: "share",
      title: t.share,
      align: "right",
      width: "40%",
      cell: (one) => (
        <span className={styles.share}>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${(100 * one.total) / total}%`, ...colour(one.key) }} />
          </span>
          <span className="m-number">{percent(one.total / total)}</span>
        </span>
      ),
    },
  ];
  return (
    <Card flush>
      <DataTable label={t.breakdown} columns={columns} rows={series.filter((one) => one.total > 0)} rowKey={(one) => one.key} />
    </Card>
  );
}
