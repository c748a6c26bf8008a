import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { ask } from "@/api/client";
import { once } from "@/api/once-key";
import { asProblem, type Problem } from "@/api/problem";
import type { Schema } from "@/api/types";
import { readKey } from "@/api/use-api";
import { useAccountId, useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { Hint } from "@/components/Hint";
import { Modal } from "@/components/Modal";
import { OrderLines } from "@/components/OrderLines";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Money } from "@/components/Written";
import { NotPayable } from "./Summary";
import { useText } from "./text";
import styles from "./buy.module.css";

interface PaymentProps {
  purchase: Schema["Purchase"];
  answer: Schema["QuoteAnswer"];
  contact: string;
  onClose: () => void;
  /** The price is another one: a new quote is needed. */
  onPriceChanged: () => void;
}

/** Confirms and pays an order. Whatever is lost, clicked twice or reloaded: it is paid once. */
export function Payment({ purchase, answer, contact, onClose, onPriceChanged }: PaymentProps) {
  const t = useText();
  const w = useWords();
  const { money } = useFormat();
  // What is agreed to is what stands in the dialog, whatever is quoted meanwhile.
  const [{ quote, balance, balance_after }] = useState(answer);
  const { pay, busy, problem } = usePay(purchase, quote.total);
  const changed = problem?.code === "price_changed";
  const lookAgain = () => {
    onPriceChanged();
    onClose();
  };
  return (
    <Modal
      open
      title={t.confirmTitle}
      width={560}
      onClose={busy ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" disabled={busy} onClick={onClose}>
            {w.cancel}
          </Button>
          {changed ? (
            <Button onClick={lookAgain}>{t.lookAgain}</Button>
          ) : (
            <Button loading={busy} onClick={() => void pay()}>
              {problem?.mayPass ? t.payAgain : t.pay(money(quote.total))}
            </Button>
          )}
        </>
      }
    >
      <OrderLines quote={quote} />
      <p className="m-row m-row-apart">
        <span className="m-muted">{t.payFrom}</span>
        <span>
          <Money amount={balance} /> → <Money amount={balance_after} />
        </span>
      </p>
      <Notes quote={quote} />
      {problem && <Refusal problem={problem} contact={contact} />}
    </Modal>
  );
}

/** What cannot be undone. */
function Notes({ quote }: { quote: Schema["Quote"] }) {
  const t = useText();
  const { lastDayBefore } = useFormat();
  const licence = quote.lines.find((line) => line.line === "licence");
  const pack = quote.lines.some((line) => line.line === "pack");
  return (
    <div className={styles.notesBox}>
      <h3>{t.cannotUndo}</h3>
      <ul className={styles.notes}>
        <li>{t.noRefund}</li>
        <li>{t.atOnce}</li>
        {licence && <li>{t.licenceLocks}</li>}
        {licence && <li>{t.windowNote(lastDayBefore(licence.period.window_ends))}</li>}
        {pack && <li>{t.packNote}</li>}
      </ul>
    </div>
  );
}

function Refusal({ problem, contact }: { problem: Problem; contact: string }) {
  const t = useText();
  const { money } = useFormat();
  const amount = (name: string) => {
    const told = problem.numbers[name];
    return typeof told === "string" ? told : "";
  };
  if (problem.code === "price_changed") {
    return (
      <div role="alert">
        <Hint kind="warning" title={t.changedTitle}>
          {t.changed(money(amount("agreed")), money(amount("now")))}
        </Hint>
      </div>
    );
  }
  if (problem.code === "balance_too_low" || problem.code === "in_arrears") {
    return (
      <div role="alert">
        <NotPayable refusal={{ ...problem.numbers, code: problem.code } as unknown as Schema["NotPayable"]} contact={contact} />
      </div>
    );
  }
  if (problem.mayPass && problem.status !== 429 && problem.status !== 503) {
    return (
      <div role="alert">
        <Hint kind="warning" title={t.unknownTitle}>
          {t.unknown}
        </Hint>
      </div>
    );
  }
  return <ProblemAlert problem={problem} />;
}

function usePay(purchase: Schema["Purchase"], agreed: string) {
  const account = useAccountId();
  const toPage = useToPage();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const pay = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const paid = await once("order", { account, purchase }, (key) =>
        ask("post", "/api/v1/accounts/{account}/orders", { path: { account }, body: { key, purchase, agreed } }),
      );
      const order = paid as Schema["PaidOrder"];
      // Orders touch nearly everything that is shown: balance, rights, activities, calendars.
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== readKey("/api/v1/about")[0] && query.queryKey[0] !== "session" });
      void navigate(toPage(`orders/${order.id}`), { state: { paid: { balance: order.balance, repeated: order.repeated } } });
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };
  return { pay, busy, problem };
}
