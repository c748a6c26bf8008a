import { Link } from "react-router";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { isPositive } from "@/app/exact";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { CopyId } from "@/components/CopyId";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Hint } from "@/components/Hint";
import { useCatalogue } from "@/components/names";
import { Card, Figure, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Tag } from "@/components/Tag";
import { TierLadder } from "@/components/TierLadder";
import { Count, Moment, Money } from "@/components/Written";
import { useText } from "./text";

export default function BillsPage() {
  const w = useWords();
  const t = useText();
  const months = useAccountRead("/api/v1/accounts/{account}/statements", {});
  const bills = useAccountRead("/api/v1/accounts/{account}/bills", {});
  return (
    <Page title={w.bills} lead={t.lead}>
      {bills.data && isPositive(bills.data.owed) && <Owed amount={bills.data.owed} />}
      <SoFar />
      <Card title={t.months} flush>
        <PageState of={bills}>{(paid) => <PageState of={months}>{(read) => <Months months={read.months} bills={paid.bills} />}</PageState>}</PageState>
      </Card>
      {months.data && (
        <Card>
          <p className="m-muted m-small">{t.key}</p>
          <p>
            <CopyId id={months.data.fingerprint} />
          </p>
          <p className="m-muted m-small">{t.keyNote}</p>
        </Card>
      )}
    </Page>
  );
}

function Owed({ amount }: { amount: string }) {
  const t = useText();
  const toPage = useToPage();
  const { money } = useFormat();
  return (
    <div role="alert">
      <Hint kind="warning" title={t.owedTitle(money(amount))}>
        <p>
          {t.owedAdvice} <Link to={toPage("balance")}>{t.toBalance}</Link>
        </p>
      </Hint>
    </div>
  );
}

function SoFar() {
  const t = useText();
  const overview = useAccountRead("/api/v1/accounts/{account}/overview", {});
  const catalogue = useCatalogue();
  return (
    <Card title={t.soFar}>
      <PageState of={overview} loading={<Skeleton height={180} />}>
        {({ postpaid }) => (
          <div className="m-stack">
            <div className="m-grid">
              <Figure label={t.calls} value={<Count value={postpaid.calls} />} />
              <Figure label={t.amount} value={<Money amount={postpaid.amount_so_far} />} note={t.amountNote} />
            </div>
            {catalogue.data ? <TierLadder tiers={catalogue.data.postpaid} calls={postpaid.calls} /> : <Skeleton height={100} />}
          </div>
        )}
      </PageState>
    </Card>
  );
}

interface MonthRow {
  month: string;
  complete: boolean;
  bill: Schema["Bill"] | undefined;
}

function Months({ months, bills }: { months: Schema["StatementMonth"][]; bills: Schema["Bill"][] }) {
  const t = useText();
  const toPage = useToPage();
  const { month: nameOf } = useFormat();
  const rows = months.map((one): MonthRow => ({ ...one, bill: bills.find((bill) => bill.month === one.month) }));
  const columns: Column<MonthRow>[] = [
    { key: "month", title: t.month, cell: (row) => <Link to={toPage(`bills/${row.month}`)} className="m-number">{nameOf(row.month)}</Link>, onPhone: "title", sortBy: (row) => row.month },
    { key: "state", title: t.state, cell: (row) => <State row={row} /> },
    { key: "calls", title: t.calls, align: "right", cell: (row) => (row.bill ? <Count value={row.bill.calls} /> : "—"), sortBy: (row) => row.bill?.calls ?? 0 },
    { key: "money", title: t.money, align: "right", cell: (row) => (row.bill ? <strong><Money amount={row.bill.amount} /></strong> : "—") },
    { key: "drawn", title: t.drawn, cell: (row) => (row.bill ? <Moment at={row.bill.drawn} /> : "—"), onPhone: "hide" },
    { key: "settled", title: t.settled, cell: (row) => (row.bill?.paid ? <Moment at={row.bill.paid} /> : "—"), onPhone: "hide" },
    { key: "view", title: "", align: "right", cell: (row) => <Link to={toPage(`bills/${row.month}`)} aria-label={`${t.view} ${nameOf(row.month)}`}>{t.view}</Link>, onPhone: "actions" },
  ];
  return (
    <DataTable
      label={t.months}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.month}
      empty={
        <Empty small picture="money" title={t.none}>
          {t.noneAdvice}
        </Empty>
      }
    />
  );
}

function State({ row }: { row: MonthRow }) {
  const t = useText();
  if (!row.complete) {
    return <Tag kind="brand">{t.running}</Tag>;
  }
  if (row.bill === undefined) {
    return <Tag>{t.noBill}</Tag>;
  }
  return row.bill.paid === null ? <Tag kind="bad">{t.owed}</Tag> : <Tag kind="good">{t.paid}</Tag>;
}
