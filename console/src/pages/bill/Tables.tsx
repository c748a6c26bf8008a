import { Link } from "react-router";
import { useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { useLineTitle } from "@/components/OrderLines";
import { Count, LastDay, Moment, Money } from "@/components/Written";
import { useWords } from "@/app/words";
import { paidCalls, type GrantUse, type PaidCalls, type Statement } from "./statement";
import { useText } from "./text";

const nameOf = (statement: Statement, activity: string) => statement.activities.find((one) => one.id === activity)?.name ?? activity;

/** Calls by activity, payer and outcome. */
export function UsageTable({ statement }: { statement: Statement }) {
  const t = useText();
  const w = useWords();
  const { count } = useFormat();
  const words = t as unknown as Record<string, string>;
  const payer = (charged: string) => {
    if (charged === "postpaid" || charged === "nobody") {
      return t[charged];
    }
    const grant = statement.grants.find((one) => `grant:${one.id}` === charged);
    return grant === undefined ? charged : `${t[grant.kind]} #${grant.id}`;
  };
  const others = (row: PaidCalls) =>
    row.others.length === 0 ? "—" : <span className="m-muted m-small">{row.others.map((one) => `${words[one.outcome] ?? one.outcome} ${count(one.calls)}`).join(" · ")}</span>;
  const columns: Column<PaidCalls>[] = [
    { key: "activity", title: w.activity, cell: (row) => nameOf(statement, row.activity), onPhone: "title", sortBy: (row) => row.activity },
    { key: "charged", title: t.charged, cell: (row) => payer(row.charged_to), sortBy: (row) => row.charged_to },
    { key: "fused", title: t.fused, align: "right", cell: (row) => <Count value={row.fused} />, sortBy: (row) => row.fused },
    { key: "others", title: t.others, cell: others },
    { key: "calls", title: t.calls, align: "right", cell: (row) => <strong><Count value={row.calls} /></strong>, sortBy: (row) => row.calls },
  ];
  const total = statement.usage.reduce((sum, row) => sum + row.calls, 0);
  return (
    <DataTable
      label={t.usage}
      columns={columns}
      rows={paidCalls(statement.usage)}
      rowKey={(row) => `${row.activity} ${row.charged_to}`}
      empty={<Empty small picture="chart" title={t.noUsage} />}
      foot={
        <tr>
          <td colSpan={4}>{t.total}</td>
          <td className="m-right">{count(total)}</td>
        </tr>
      }
    />
  );
}

/** What could pay, and how much of it the month used. */
export function Grants({ statement }: { statement: Statement }) {
  const t = useText();
  const name = (grant: GrantUse) => `${t[grant.kind]} #${grant.id}${grant.activity === null ? "" : ` · ${nameOf(statement, grant.activity)}`}`;
  const columns: Column<GrantUse>[] = [
    { key: "grant", title: t.grant, cell: name, onPhone: "title" },
    { key: "total", title: t.total, align: "right", cell: (grant) => <Count value={grant.total} /> },
    { key: "before", title: t.before, align: "right", cell: (grant) => <Count value={grant.used_before} /> },
    { key: "used", title: t.used, align: "right", cell: (grant) => <strong><Count value={grant.used_in_month} /></strong> },
    { key: "left", title: t.left, align: "right", cell: (grant) => <Count value={grant.left} /> },
    { key: "ends", title: t.ends, cell: (grant) => (grant.ends === null ? t.never : <LastDay ends={grant.ends} />) },
  ];
  return <DataTable label={t.grants} columns={columns} rows={statement.grants} rowKey={(grant) => grant.id} empty={<Empty small title={t.noGrants} />} />;
}

interface Row {
  key: string;
  at: string;
  what: React.ReactNode;
  amount: string;
}

/** Orders, top-ups and bills in the order of time. */
export function Movements({ statement }: { statement: Statement }) {
  const t = useText();
  const toPage = useToPage();
  const title = useLineTitle();
  const orders = statement.orders.map((order): Row => ({
    key: `order ${order.id}`,
    at: order.paid,
    what: (
      <div>
        <Link to={toPage(`orders/${order.id}`)}>{t.order(order.id)}</Link>
        <p className="m-muted m-small">{order.lines.map(title).join(" + ")}</p>
      </div>
    ),
    amount: `-${order.total}`,
  }));
  const others = statement.movements.map((one, index): Row => ({ key: `movement ${index}`, at: one.at, what: t[one.kind], amount: one.amount }));
  const rows = [...orders, ...others].sort((a, b) => a.at.localeCompare(b.at));
  const columns: Column<Row>[] = [
    { key: "at", title: t.when, cell: (row) => <Moment at={row.at} /> },
    { key: "what", title: t.what, cell: (row) => row.what, onPhone: "title" },
    { key: "amount", title: t.amount, align: "right", cell: (row) => <Money amount={row.amount} signed /> },
  ];
  return <DataTable label={t.movements} columns={columns} rows={rows} rowKey={(row) => row.key} empty={<Empty small picture="money" title={t.noMovements} />} />;
}
