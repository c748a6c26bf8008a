import { counted } from "@/app/counted";
import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { daysBetween } from "@/app/days";
import { useFormat } from "@/app/format";
import { texts } from "@/i18n";
import { useActivityName, usePackageName } from "./names";
import { Count, Day, LastDay, Moment, Money } from "./Written";
import "./order-lines.css";

const useText = texts(
  {
    licence: (name: string) => `技术授权费套餐 · ${name}`,
    qps: (extra: string) => `升级 QPS · 每秒 +${extra} 次`,
    pack: (calls: string) => `资源包 · ${calls} 次`,
    activity: "活动",
    calls: "资源包次数",
    fixed: "固定 QPS",
    runs: "授权有效期",
    until: "至",
    window: "素材可更新至",
    days: "日期",
    nDays: (n: number) => `共 ${n} 天`,
    usable: "可用至",
    for: "适用于",
    shared: "所有已授权活动",
    total: "合计",
  },
  {
    licence: (name: string) => `Licence · ${name}`,
    qps: (extra: string) => `QPS upgrade · +${extra} calls a second`,
    pack: (calls: string) => `Call pack · ${calls} calls`,
    activity: "Activity",
    calls: "Calls in its pack",
    fixed: "Fixed QPS",
    runs: "Licensed",
    until: "to",
    window: "Materials may change until",
    days: "Days",
    nDays: (n: number) => counted(n, "day", "days"),
    usable: "Usable until",
    for: "For",
    shared: "All licensed activities",
    total: "Total",
  },
);

/** What an order or a quote brings, line by line, with its sum. */
export function OrderLines({ quote }: { quote: Schema["Quote"] }) {
  const t = useText();
  return (
    <div className="m-lines">
      <ul className="m-plain">
        {quote.lines.map((line, index) => (
          <li key={index}>
            <Line line={line} />
          </li>
        ))}
      </ul>
      <div className="m-lines-total">
        <span>{t.total}</span>
        <strong>
          <Money amount={quote.total} />
        </strong>
      </div>
    </div>
  );
}

/** What a line is, in a few words. */
export function useLineTitle(): (line: Schema["QuoteLine"]) => string {
  const t = useText();
  const { count } = useFormat();
  const packageName = usePackageName();
  return (line) => {
    switch (line.line) {
      case "licence":
        return t.licence(packageName(line.package));
      case "qps":
        return t.qps(count(line.extra));
      case "pack":
        return t.pack(count(line.calls));
    }
  };
}

/** What a line is for: its activity and the days. */
export function useLineScope(): (line: Schema["QuoteLine"]) => string {
  const t = useText();
  const name = useActivityName();
  return (line) => {
    switch (line.line) {
      case "licence":
        return name(line.activity);
      case "qps":
        return `${name(line.activity)} · ${line.first_day === line.last_day ? line.first_day : `${line.first_day} ${t.until} ${line.last_day}`}`;
      case "pack":
        return t.shared;
    }
  };
}

function Line({ line }: { line: Schema["QuoteLine"] }) {
  const title = useLineTitle();
  return (
    <>
      <div className="m-lines-head">
        <h3>{title(line)}</h3>
        <Money amount={line.amount} />
      </div>
      <dl>
        {useFacts(line).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function useFacts(line: Schema["QuoteLine"]): [string, React.ReactNode][] {
  const t = useText();
  switch (line.line) {
    case "licence":
      return [
        [t.activity, <ActivityLink key="a" id={line.activity} />],
        [t.runs, <span key="r"><Moment at={line.period.starts} /> {t.until} <LastDay ends={line.period.ends} /></span>],
        [t.calls, <Count key="c" value={line.calls} />],
        [t.fixed, <Count key="q" value={line.qps} />],
        [t.window, <LastDay key="w" ends={line.period.window_ends} />],
      ];
    case "qps":
      return [
        [t.activity, <ActivityLink key="a" id={line.activity} />],
        [t.days, <span key="d"><Day day={line.first_day} /> {t.until} <Day day={line.last_day} />{" · "}{t.nDays(daysBetween(line.first_day, line.last_day))}</span>],
      ];
    case "pack":
      return [
        [t.usable, <LastDay key="u" ends={line.ends} />],
        [t.for, t.shared],
      ];
  }
}

/** An activity by its name, leading to it. */
export function ActivityLink({ id }: { id: string }) {
  const toPage = useToPage();
  const name = useActivityName()(id);
  return (
    <Link to={toPage(`activities/${id}`)}>
      {name}
      {name !== id && <span className="m-muted m-small"> {id}</span>}
    </Link>
  );
}
