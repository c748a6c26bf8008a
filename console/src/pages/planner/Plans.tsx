import { useState } from "react";
import type { Schema } from "@/api/types";
import { amountOf, isPositive, less, millionths, share } from "@/app/exact";
import { grouped } from "@/app/grouped";
import { useFormat } from "@/app/format";
import { useLanguage } from "@/i18n";
import { DataTable, type Column } from "@/components/DataTable";
import { Card } from "@/components/Page";
import { Count, Money } from "@/components/Written";
import { OrderSteps } from "./OrderSteps";
import { useText } from "./text";
import styles from "./planner.module.css";

type Plan = Schema["Plan"];

/** Plans beside each other, and one of them in full. */
export function Plans({ plans }: { plans: Schema["Plans"] }) {
  const t = useText();
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, plans.plans.length - 1);
  const plan = plans.plans[index];
  if (plan === undefined) {
    return null;
  }
  return (
    <>
      <Card title={t.compare}>
        <Compare plans={plans.plans} months={plans.need.months ?? 12} chosen={index} onChoose={setChosen} />
      </Card>
      <Card title={index === 0 ? t.best : t.other(index + 1)}>
        <Explained plan={plan} edition={plans.catalogue} />
      </Card>
      <OrderSteps plan={plan} need={plans.need} />
      <Months plan={plan} />
    </>
  );
}

/** What a plan costs, by what it is for. */
export function partsOf(plan: Plan): [part: "licence" | "qps" | "packs" | "postpaid", amount: string][] {
  const packs = amountOf(plan.packs.reduce((sum, pack) => sum + millionths(pack.cost), 0n));
  return [
    ["licence", plan.licence?.price ?? "0.00"],
    ["qps", plan.qps?.cost ?? "0.00"],
    ["packs", packs],
    ["postpaid", plan.postpaid],
  ];
}

interface CompareProps {
  plans: Plan[];
  months: number;
  chosen: number;
  onChoose: (index: number) => void;
}

function Compare({ plans, months, chosen, onChoose }: CompareProps) {
  const t = useText();
  const { money } = useFormat();
  const [cheapest] = plans;
  const dearest = plans[plans.length - 1]?.total ?? "0.00";
  return (
    <div className="m-stack">
      <ul className={`m-plain ${styles.plans}`}>
        {plans.map((plan, index) => {
          const more = less(plan.total, cheapest?.total ?? plan.total);
          return (
            <li key={index}>
              <button type="button" className={styles.plan} aria-pressed={index === chosen} onClick={() => onChoose(index)}>
                <span className={styles.planHead}>
                  <strong>{index === 0 ? t.best : t.other(index + 1)}</strong>
                  <span>
                    <strong className="m-number">{money(plan.total)}</strong> <span className="m-muted m-small">{t.total(months)}</span>
                  </span>
                </span>
                <span className={styles.track} aria-hidden="true">
                  {partsOf(plan).map(([part, amount]) => (
                    <span key={part} className={styles[part]} style={{ width: `${100 * share(amount, dearest)}%` }} />
                  ))}
                </span>
                <span className="m-muted m-small">
                  <Brings plan={plan} />
                  {isPositive(more) && ` · ${t.more(money(more))}`}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <ul className={`m-plain ${styles.legend}`} aria-hidden="true">
        {(["licence", "qps", "packs", "postpaid"] as const).map((part) => (
          <li key={part}>
            <span className={styles[part]} /> {t[part]}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is bought, in a line. */
function Brings({ plan }: { plan: Plan }) {
  const t = useText();
  const language = useLanguage();
  const { count, money } = useFormat();
  const parts = [
    plan.licence && t.packageOf(plan.licence.name[language], money(plan.licence.price)),
    plan.qps && t.qpsOf(count(plan.qps.extra), count(plan.qps.days), money(plan.qps.cost)),
    ...plan.packs.map((pack) => t.packOf(count(pack.pack.calls), count(pack.count), money(pack.cost))),
    isPositive(plan.postpaid) && t.postpaidOf(money(plan.postpaid)),
  ].filter((part): part is string => typeof part === "string");
  return <>{parts.length === 0 ? t.free : parts.join(" + ")}</>;
}

function Explained({ plan, edition }: { plan: Plan; edition: string }) {
  const t = useText();
  const language = useLanguage();
  return (
    <div className="m-stack">
      <dl className={styles.parts}>
        {partsOf(plan)
          .filter(([, amount]) => isPositive(amount))
          .map(([part, amount]) => (
            <div key={part}>
              <dt>
                <span className={styles[part]} /> {t[part]}
              </dt>
              <dd>
                <Money amount={amount} />
              </dd>
            </div>
          ))}
      </dl>
      <div>
        <h3>{t.why}</h3>
        <ul className={styles.reasons}>
          {plan.reasons.map((reason, index) => (
            <li key={index}>{language === "zh" ? grouped(reason.text_zh) : asSentence(grouped(reason.text_en))}</li>
          ))}
        </ul>
      </div>
      <p className="m-muted m-small">{t.edition(edition)}</p>
    </div>
  );
}

/** The server writes reasons as parts of a sentence. */
function asSentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function Months({ plan }: { plan: Plan }) {
  const t = useText();
  type Row = Schema["PlanMonth"];
  const calls = (key: "free" | "licence" | "packs" | "postpaid", title: string): Column<Row> => ({ key, title, align: "right", cell: (row) => <Count value={row[key]} /> });
  const columns: Column<Row>[] = [
    { key: "month", title: t.month, cell: (row) => t.monthNo(row.month), onPhone: "title" },
    calls("free", t.freeCalls),
    calls("licence", t.licencePack),
    calls("packs", t.packs),
    calls("postpaid", t.postpaid),
    { key: "bill", title: t.bill, align: "right", cell: (row) => <Money amount={row.amount} /> },
  ];
  return (
    <Card title={t.months_} flush>
      <DataTable label={t.months_} columns={columns} rows={plan.months} rowKey={(row) => String(row.month)} />
    </Card>
  );
}
