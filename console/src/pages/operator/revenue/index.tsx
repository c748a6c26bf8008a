import { useState } from "react";
import type { Schema } from "@/api/types";
import { useRead } from "@/api/use-api";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { ChartPanel } from "@/components/ChartPanel";
import { Empty } from "@/components/Empty";
import { Card, Figure, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Count, Money } from "@/components/Written";
import { Choice } from "../parts/Choice";
import { CostDialog } from "./CostDialog";
import { daysOf, type Range } from "./range";
import { useText } from "./text";

type Report = Schema["RevenueReport"];

export default function OperatorRevenuePage() {
  const w = useWords();
  const t = useText();
  const { dayOf } = useFormat();
  const [now] = useState(() => new Date().toISOString());
  const [range, setRange] = useState<Range>("30");
  const [by, setBy] = useState<"day" | "month">("day");
  const [costing, setCosting] = useState(false);
  const report = useRead("/api/v1/operator/revenue", { query: { ...daysOf(range, dayOf(now)), by } }, { keepLast: true });
  const choose = (next: Range) => {
    setRange(next);
    setBy(next === "365" ? "month" : "day");
  };
  return (
    <Page
      wide
      title={w.operatorRevenue}
      lead={t.lead}
      actions={
        <Button variant="outline" theme="default" onClick={() => setCosting(true)}>
          {t.setCost}
        </Button>
      }
    >
      <div className="m-row">
        <Choice
          label={t.range}
          value={range}
          onChange={choose}
          options={[
            { value: "30", label: t.days30 },
            { value: "90", label: t.days90 },
            { value: "365", label: t.months12 },
          ]}
        />
        <Choice
          label={t.by}
          value={by}
          onChange={setBy}
          options={[
            { value: "day", label: t.day },
            { value: "month", label: t.month },
          ]}
        />
      </div>
      <PageState of={report} loading={<Skeleton height={640} />}>
        {(read) => (
          <>
            <Totals report={read} />
            <Charts report={read} />
          </>
        )}
      </PageState>
      {costing && <CostDialog onClose={() => setCosting(false)} />}
    </Page>
  );
}

function Totals({ report }: { report: Report }) {
  const t = useText();
  const { money, percent } = useFormat();
  const costs = useRead("/api/v1/operator/costs", {}).data;
  const { revenue, calls, cost, margin } = report.total;
  const note = costs && (Number(costs.per_million_calls) === 0 ? t.noCost : t.costNote(money(costs.per_million_calls)));
  return (
    <Card>
      <div className="m-grid m-grid-figures">
        <Figure label={t.revenue} value={<Money amount={revenue} />} />
        <Figure label={t.calls} value={<Count value={calls} />} />
        <Figure label={t.cost} value={<Money amount={cost} />} note={note} />
        <Figure label={t.margin} value={<Money amount={margin} />} note={Number(revenue) > 0 ? t.marginNote(percent(Number(margin) / Number(revenue))) : undefined} />
      </div>
    </Card>
  );
}

function Charts({ report }: { report: Report }) {
  const t = useText();
  const { money } = useFormat();
  const yuan = (value: number) => money(value.toFixed(2));
  const drawn = (amounts: string[]) => amounts.map(Number);
  const empty = <Empty small picture="chart" title={t.none}>{t.noneAdvice}</Empty>;
  return (
    <>
      <ChartPanel
        title={t.byKind}
        kind="bar"
        stacked
        periods={report.periods}
        series={report.series.map(({ kind, amounts }) => ({ key: kind, label: t[kind], values: drawn(amounts) }))}
        write={yuan}
        empty={empty}
      />
      <div className="m-grid m-grid-charts">
        <ChartPanel
          title={t.marginChart}
          kind="bar"
          periods={report.periods}
          series={[
            { key: "revenue", label: t.revenue, values: drawn(report.revenue) },
            { key: "cost", label: t.cost, values: drawn(report.cost) },
            { key: "margin", label: t.margin, values: drawn(report.margin) },
          ]}
          write={yuan}
          empty={empty}
        />
        <ChartPanel
          title={t.callsChart}
          kind="area"
          periods={report.periods}
          series={[{ key: "calls", label: t.calls, values: report.calls }]}
          empty={<Empty small picture="chart" title={t.noCalls} />}
        />
      </div>
    </>
  );
}
