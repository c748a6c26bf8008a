import { Link, useLocation, useParams } from "react-router";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { CopyId } from "@/components/CopyId";
import { Empty } from "@/components/Empty";
import { Hint } from "@/components/Hint";
import { PrintIcon } from "@/components/icons";
import { OrderLines } from "@/components/OrderLines";
import { Card, Facts, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Moment } from "@/components/Written";
import { InForce } from "./InForce";
import { useText } from "./text";
import styles from "./order.module.css";

/** An order; right after its payment also what came of it. */
export default function OrderPage() {
  const w = useWords();
  const t = useText();
  const toPage = useToPage();
  const { order: id = "" } = useParams();
  const orders = useAccountRead("/api/v1/accounts/{account}/orders", {});
  return (
    <Page
      title={t.title(id)}
      crumbs={[{ label: w.orders, to: toPage("orders") }, { label: id }]}
      actions={
        <span className="m-row m-no-print">
          <Button variant="outline" theme="default" icon={<PrintIcon />} onClick={() => window.print()}>
            {t.print}
          </Button>
          <Link to={toPage("buy")}>{t.again}</Link>
        </span>
      }
    >
      <PageState of={orders}>
        {(read) => {
          const order = read.orders.find((one) => one.id === id);
          return order === undefined ? (
            <Empty picture="lost" title={t.none} actions={<Link to={toPage("orders")}>{t.toOrders}</Link>}>
              {t.noneAdvice}
            </Empty>
          ) : (
            <Order order={order} />
          );
        }}
      </PageState>
    </Page>
  );
}

function Order({ order }: { order: Schema["Order"] }) {
  const t = useText();
  return (
    <>
      <JustPaid order={order} />
      <div className={styles.board}>
        <Card title={t.lines}>
          <OrderLines quote={order.quote} />
        </Card>
        <div className="m-stack">
          <Card title={t.facts}>
            <Facts
              facts={[
                [t.id, <CopyId key="id" id={order.id} plain />],
                [t.at, <Moment key="at" at={order.paid} />],
                [t.edition, order.quote.catalogue],
                [t.key, <CopyId key="key" id={order.key} />],
              ]}
            />
          </Card>
          <InForce purchase={order.purchase} />
        </div>
      </div>
    </>
  );
}

/** What the page that paid passed on. */
interface Paid {
  paid?: { balance: string; repeated: boolean };
}

function JustPaid({ order }: { order: Schema["Order"] }) {
  const t = useText();
  const { money } = useFormat();
  const paid = (useLocation().state as Paid | null)?.paid;
  if (paid === undefined) {
    return null;
  }
  return (
    <div role="status" className="m-no-print">
      <Hint kind={paid.repeated ? "info" : "good"} title={paid.repeated ? t.repeatedTitle : t.paidTitle}>
        {paid.repeated ? t.repeated(money(paid.balance)) : t.paid(money(order.quote.total), money(paid.balance))}
      </Hint>
    </div>
  );
}
