import { Link, useSearchParams } from "react-router";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { isDay } from "@/app/days";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Field, TextInput } from "@/components/Field";
import { useLineScope, useLineTitle } from "@/components/OrderLines";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Moment, Money } from "@/components/Written";
import { useText } from "./text";
import styles from "./orders.module.css";

const ORDERS = "/api/v1/accounts/{account}/orders";

export default function OrdersPage() {
  const w = useWords();
  const t = useText();
  const toPage = useToPage();
  const [params, setParams] = useSearchParams();
  const [from, to] = [params.get("from") ?? "", params.get("to") ?? ""];
  const backwards = from !== "" && to !== "" && from > to;
  const orders = useAccountRead(
    ORDERS,
    { query: { ...(isDay(from) ? { from } : {}), ...(isDay(to) ? { to } : {}) } },
    { enabled: !backwards, keepLast: true },
  );
  const set = (name: "from" | "to", day: string) => {
    const next = new URLSearchParams(params);
    if (day === "") {
      next.delete(name);
    } else {
      next.set(name, day);
    }
    setParams(next, { replace: true });
  };
  const filtered = from !== "" || to !== "";
  return (
    <Page title={w.orders} lead={t.lead} actions={<Link to={toPage("buy")}>{t.buy}</Link>}>
      <div className={styles.filter}>
        <Field label={t.from} fault={backwards ? t.backwards : undefined}>
          <TextInput type="date" value={from} onChange={(day) => set("from", day)} max={to || undefined} />
        </Field>
        <Field label={t.to}>
          <TextInput type="date" value={to} onChange={(day) => set("to", day)} min={from || undefined} />
        </Field>
        {filtered && (
          <Button variant="text" theme="default" onClick={() => setParams({}, { replace: true })}>
            {t.clear}
          </Button>
        )}
      </div>
      <Card flush>
        <PageState of={orders}>{(read) => <Orders orders={[...read.orders].reverse()} filtered={filtered} />}</PageState>
      </Card>
    </Page>
  );
}

function Orders({ orders, filtered }: { orders: Schema["Order"][]; filtered: boolean }) {
  const w = useWords();
  const t = useText();
  const { count } = useFormat();
  const toPage = useToPage();
  const title = useLineTitle();
  const scope = useLineScope();
  const columns: Column<Schema["Order"]>[] = [
    { key: "what", title: t.what, cell: (order) => <Link to={toPage(`orders/${order.id}`)}>{order.quote.lines.map(title).join(" + ")}</Link>, onPhone: "title" },
    { key: "for", title: t.for, cell: (order) => <span className="m-muted">{[...new Set(order.quote.lines.map(scope))].join(" + ")}</span> },
    { key: "id", title: t.id, cell: (order) => <span className="m-number">{order.id}</span>, sortBy: (order) => Number(order.id) },
    { key: "paid", title: t.paid, cell: (order) => <Moment at={order.paid} />, sortBy: (order) => order.paid },
    { key: "amount", title: t.amount, align: "right", cell: (order) => <strong><Money amount={order.quote.total} /></strong>, sortBy: (order) => Number(order.quote.total) },
  ];
  const empty = filtered ? (
    <Empty small picture="money" title={t.noneThen}>
      {t.noneThenAdvice}
    </Empty>
  ) : (
    <Empty picture="money" title={t.none} actions={<Link to={toPage("buy")}>{t.buy}</Link>}>
      {t.noneAdvice}
    </Empty>
  );
  return (
    <>
      <DataTable label={w.orders} columns={columns} rows={orders} rowKey={(order) => order.id} empty={empty} />
      {orders.length > 0 && <p className={`m-muted m-small ${styles.sum}`}>{t.sum(count(orders.length))}</p>}
    </>
  );
}
