import { useState } from "react";
import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useToPage } from "@/app/account";
import { addDays } from "@/app/days";
import { useFormat } from "@/app/format";
import { useLanguage } from "@/i18n";
import { Field } from "@/components/Field";
import { Hint } from "@/components/Hint";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { SelectInput } from "@/components/SelectInput";
import { useText } from "./text";
import styles from "./planner.module.css";

/** Days on sale, today included. */
const WINDOW_DAYS = 31;

/** The orders that make a plan, each one link away from being filled in. */
export function OrderSteps({ plan, need }: { plan: Schema["Plan"]; need: Schema["PlanNeed"] }) {
  const t = useText();
  const activities = useAccountRead("/api/v1/accounts/{account}/activities", {});
  if (plan.licence === null) {
    return null;
  }
  const { licence } = plan;
  return (
    <Card title={t.order}>
      <PageState of={activities}>
        {(read) => <Steps plan={plan} licence={licence} need={need} fitting={read.activities.filter((one) => one.quota === licence.materials && one.licensed_until === null)} />}
      </PageState>
    </Card>
  );
}

interface StepsProps {
  plan: Schema["Plan"];
  licence: Schema["Package"];
  need: Schema["PlanNeed"];
  /** Activities that the licence can be bought for. */
  fitting: Schema["Activity"][];
}

function Steps({ plan, licence, need, fitting }: StepsProps) {
  const t = useText();
  const language = useLanguage();
  const toPage = useToPage();
  const { count, dayOf } = useFormat();
  const [chosen, setChosen] = useState("");
  const activity = fitting.find((one) => one.id === chosen) ?? fitting[0];
  if (activity === undefined) {
    return (
      <Hint>
        {t.noneFits(count(licence.materials))} <Link to={toPage("activities")}>{t.toActivities}</Link>
      </Hint>
    );
  }
  const today = dayOf(new Date().toISOString());
  const days = Math.max(1, Math.min(need.peak_days ?? WINDOW_DAYS, WINDOW_DAYS));
  const qps = plan.qps === null ? "" : `&from=${today}&to=${addDays(today, days - 1)}&extra=${plan.qps.extra}`;
  const steps = [
    { label: [t.buyLicence(licence.name[language]), plan.qps && t.buyQps(count(plan.qps.extra))].filter(Boolean).join(" + "), to: `buy?what=licence&activity=${activity.id}${qps}`, note: plan.qps ? t.qpsNote : undefined },
    ...plan.packs.map((pack) => ({ label: t.buyPack(count(pack.pack.calls), count(pack.count)), to: `buy?what=pack&pack=${pack.pack.id}`, note: t.afterLicence })),
  ];
  return (
    <div className="m-stack">
      {fitting.length > 1 && (
        <Field label={t.forActivity}>
          <SelectInput value={activity.id} onChange={setChosen} options={fitting.map((one) => ({ value: one.id, label: `${one.name} (${one.id})` }))} />
        </Field>
      )}
      <ol className={`m-plain ${styles.steps}`}>
        {steps.map((step, index) => (
          <li key={step.to}>
            <span className="m-muted m-small">{t.step(index + 1)}</span>
            <Link to={toPage(step.to)}>{step.label}</Link>
            {step.note !== undefined && <span className="m-muted m-small">{step.note}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}
