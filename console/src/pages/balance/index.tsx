import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useAccountPages, type Pages } from "@/api/use-pages";
import { useAbout } from "@/app/about";
import { useAccountId, useToPage } from "@/app/account";
import { isPositive } from "@/app/exact";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { CopyId } from "@/components/CopyId";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Card, Figure, Page } from "@/components/Page";
import { useLineTitle } from "@/components/OrderLines";
import { PageState } from "@/components/PageState";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Skeleton } from "@/components/Skeleton";
import { Moment, Money } from "@/components/Written";
import { useText } from "./text";
import styles from "./balance.module.css";

const isMonth = (note: string) => /^\d{4}-\d{2}$/.test(note);

const LEDGER = "/api/v1/accounts/{account}/ledger";

export default function BalancePage() {
  const w = useWords();
  const t = useText();
  const toPage = useToPage();
  const account = useAccountRead("/api/v1/accounts/{account}", {});
  const ledger = useAccountPages(LEDGER);
  return (
    <Page title={w.balance} lead={t.lead} actions={<Link to={toPage("bills")}>{w.bills}</Link>}>
      <div className={styles.board}>
        <Card>
          <PageState of={account} loading={<Skeleton height={84} />}>
            {({ balance, owed }) => (
              <div className={styles.figures}>
                <Figure label={t.balance} value={<Money amount={balance} />} />
                <div className={isPositive(owed) ? styles.owed : undefined}>
                  <Figure label={t.owed} value={<Money amount={owed} />} note={isPositive(owed) ? t.owedNote : t.owedNone} />
                </div>
              </div>
            )}
          </PageState>
        </Card>
        <HowToTopUp />
      </div>
      <Card title={t.movements} flush>
        <Movements ledger={ledger} />
      </Card>
    </Page>
  );
}

function HowToTopUp() {
  const t = useText();
  const id = useAccountId();
  const contact = useAbout()?.contact ?? "";
  return (
    <Card title={t.howTitle}>
      <div className="m-stack-tight">
        <p>{t.how}</p>
        <p>
          <span className="m-muted">{t.account} </span>
          <CopyId id={id} />
        </p>
        <p>{contact === "" ? <span className="m-muted">{t.noContact}</span> : <><span className="m-muted">{t.contact} </span><Contact text={contact} /></>}</p>
      </div>
    </Card>
  );
}

/** A mail address or web address as a link. */
function Contact({ text }: { text: string }) {
  if (/^\S+@\S+\.\S+$/.test(text)) {
    return <a href={`mailto:${text}`}>{text}</a>;
  }
  if (/^https:\/\/\S+$/.test(text)) {
    return <a href={text} target="_blank" rel="noreferrer">{text}</a>;
  }
  return <strong>{text}</strong>;
}

function Movements({ ledger }: { ledger: Pages<typeof LEDGER> }) {
  const t = useText();
  const toPage = useToPage();
  const { month } = useFormat();
  const title = useLineTitle();
  const orders = useAccountRead("/api/v1/accounts/{account}/orders", {});
  if (ledger.pages === undefined) {
    return <div className={styles.state}>{ledger.error ? <ProblemAlert problem={ledger.error} onRetry={ledger.refetch} /> : <Skeleton lines={8} />}</div>;
  }
  const what = (one: Schema["Movement"]) => {
    switch (one.kind) {
      case "order":
        return <Link to={toPage(`orders/${one.key}`)}>{t.orderOf(one.key)}</Link>;
      case "bill_paid":
        return isMonth(one.note) ? <Link to={toPage(`bills/${one.note}`)}>{t.billOf(month(one.note))}</Link> : <Link to={toPage("bills")}>{t.bill_paid}</Link>;
      default:
        return t[one.kind];
    }
  };
  const note = (one: Schema["Movement"]) => {
    const order = one.kind === "order" ? orders.data?.orders.find((known) => known.id === one.key) : undefined;
    return order !== undefined ? order.quote.lines.map(title).join(" + ") : one.kind === "bill_paid" && isMonth(one.note) ? "—" : one.note || "—";
  };
  const columns: Column<Schema["Movement"]>[] = [
    { key: "at", title: t.when, cell: (one) => <Moment at={one.at} /> },
    { key: "what", title: t.what, cell: what, onPhone: "title" },
    { key: "note", title: t.note, cell: note },
    { key: "amount", title: t.amount, align: "right", cell: (one) => <span className={one.amount.startsWith("-") ? undefined : styles.in}><Money amount={one.amount} signed /></span> },
    { key: "balance", title: t.after, align: "right", cell: (one) => <Money amount={one.balance} /> },
  ];
  return (
    <>
      {ledger.error && <ProblemAlert problem={ledger.error} onRetry={ledger.refetch} />}
      <DataTable
        label={t.movements}
        columns={columns}
        rows={ledger.pages.flatMap((page) => page.movements)}
        rowKey={(one) => one.transfer}
        onMore={ledger.more}
        loadingMore={ledger.isMoreLoading}
        empty={
          <Empty small picture="money" title={t.none}>
            {t.noneAdvice}
          </Empty>
        }
      />
    </>
  );
}
