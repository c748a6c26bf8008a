import { useState } from "react";
import type { Schema } from "@/api/types";
import { useAccount } from "@/app/account";
import Button from "@/components/Button";
import { Hint } from "@/components/Hint";
import { OrderLines } from "@/components/OrderLines";
import { Card } from "@/components/Page";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Skeleton } from "@/components/Skeleton";
import { Money } from "@/components/Written";
import { useFormat } from "@/app/format";
import { Payment } from "./Payment";
import { useText } from "./text";
import { useQuote } from "./use-quote";
import styles from "./buy.module.css";

/** The quote beside the balance, and the way to pay it. */
export function Summary({ purchase, contact }: { purchase: Schema["Purchase"] | null; contact: string }) {
  const t = useText();
  const quote = useQuote(purchase);
  return (
    <div className={styles.summary}>
      <Card title={t.summary}>
        {purchase === null ? (
          <p className={styles.waiting}>{t.summaryEmpty}</p>
        ) : quote.data && !quote.error ? (
          <Quoted purchase={purchase} answer={quote.data} isOld={quote.isOld} contact={contact} onPriceChanged={() => void quote.refetch()} />
        ) : quote.error && !quote.isOld ? (
          <ProblemAlert problem={quote.error} onRetry={quote.error.mayPass ? () => void quote.refetch() : undefined}>
            {typeof quote.error.numbers["contact"] === "string" && quote.error.numbers["contact"]}
          </ProblemAlert>
        ) : (
          <div aria-label={t.quoting}>
            <Skeleton lines={6} />
          </div>
        )}
      </Card>
    </div>
  );
}

interface QuotedProps {
  purchase: Schema["Purchase"];
  answer: Schema["QuoteAnswer"];
  isOld: boolean;
  contact: string;
  onPriceChanged: () => void;
}

function Quoted({ purchase, answer, isOld, contact, onPriceChanged }: QuotedProps) {
  const t = useText();
  const { mayOwn } = useAccount();
  const [paying, setPaying] = useState(false);
  const { quote, balance, balance_after, not_payable } = answer;
  return (
    <div className={isOld ? styles.old : undefined} aria-busy={isOld}>
      <OrderLines quote={quote} />
      <dl className={styles.sums}>
        <div>
          <dt>{t.balance}</dt>
          <dd>
            <Money amount={balance} />
          </dd>
        </div>
        <div>
          <dt>{t.after}</dt>
          <dd className={balance_after.startsWith("-") ? styles.negative : undefined}>
            <Money amount={balance_after} />
          </dd>
        </div>
      </dl>
      <div className="m-stack">
        {not_payable && <NotPayable refusal={not_payable} contact={contact} />}
        {!mayOwn && <Hint>{t.ownersOnly}</Hint>}
        <Button size="large" block disabled={isOld || not_payable !== null || !mayOwn} onClick={() => setPaying(true)}>
          {t.submit}
        </Button>
        <p className="m-muted m-small">{t.edition(quote.catalogue)}</p>
      </div>
      {paying && <Payment purchase={purchase} answer={answer} contact={contact} onClose={() => setPaying(false)} onPriceChanged={onPriceChanged} />}
    </div>
  );
}

/** Too little money: by how much, and what to do. */
export function NotPayable({ refusal, contact }: { refusal: Schema["NotPayable"]; contact: string }) {
  const t = useText();
  const { money } = useFormat();
  const arrears = refusal.code === "in_arrears";
  return (
    <Hint kind="warning" title={arrears ? t.arrears(money(refusal.owed)) : t.short(money(refusal.short))}>
      {arrears && <p>{t.arrearsAdvice(money(refusal.short))}</p>}
      <p>{t.topUp(contact)}</p>
    </Hint>
  );
}
