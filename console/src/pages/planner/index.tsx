import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { grouped } from "@/app/grouped";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { ask } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { Schema } from "@/api/types";
import { useAccountId } from "@/app/account";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { useLanguage } from "@/i18n";
import { Field, TextInput } from "@/components/Field";
import { Hint } from "@/components/Hint";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { FIELDS, LIMITS, needOf, numberOf, readEntered, type Entered, type Need, type NeedField } from "./need";
import { Plans } from "./Plans";
import { useText } from "./text";
import styles from "./planner.module.css";

const PAUSE_MS = 300;

export default function PlannerPage() {
  const w = useWords();
  const t = useText();
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const entered = readEntered(params);
  const plans = usePlans(needOf(entered));
  const set = (field: NeedField, text: string) =>
    setParams(
      (before) => {
        before.set(field, text);
        return before;
      },
      { replace: true },
    );
  return (
    <Page title={w.planner} lead={t.lead}>
      <div className={styles.board}>
        <Card title={t.need}>
          <NeedForm entered={entered} set={set} />
        </Card>
        <div className={styles.results} aria-live="polite" aria-busy={plans.isFetching}>
          <PageState of={plans} loading={<Card><Skeleton height={360} /></Card>}>
            {(read) => (
              <>
                {read.warnings.map((warning) => (
                  <Hint key={warning.kind} kind="warning">
                    {grouped(language === "zh" ? warning.text_zh : warning.text_en)}
                  </Hint>
                ))}
                <Plans plans={read} />
              </>
            )}
          </PageState>
        </div>
      </div>
    </Page>
  );
}

function NeedForm({ entered, set }: { entered: Entered; set: (field: NeedField, text: string) => void }) {
  const t = useText();
  const { count } = useFormat();
  const words: Record<NeedField, [label: string, unit: string]> = {
    calls_per_month: [t.calls, t.callsUnit],
    peak_qps: [t.peak, t.peakUnit],
    peak_days: [t.peakDays, t.daysUnit],
    materials: [t.materials, t.materialsUnit],
    months: [t.months, t.monthsUnit],
  };
  return (
    <div className="m-form">
      {FIELDS.map((field) => {
        const [label, unit] = words[field];
        const { least, most } = LIMITS[field];
        const fault = numberOf(field, entered[field]) === null ? t.between(count(least), count(most)) : undefined;
        return (
          <Field key={field} label={label} fault={fault}>
            <TextInput value={entered[field]} inputMode="numeric" maxLength={14} suffix={unit} onChange={(text) => set(field, text)} />
          </Field>
        );
      })}
    </div>
  );
}

/** Plans for a need, asked for once the one who enters it pauses. */
function usePlans(need: Need | null) {
  const account = useAccountId();
  const wanted = JSON.stringify(need);
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(wanted), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [wanted]);
  return useQuery<Schema["Plans"], Problem>({
    queryKey: ["plan", account, asked],
    queryFn: async ({ signal }) => (await ask("post", "/api/v1/accounts/{account}/plan", { path: { account }, body: JSON.parse(asked) as unknown, signal })) as Schema["Plans"],
    enabled: asked !== "null",
    placeholderData: keepPreviousData,
  });
}
