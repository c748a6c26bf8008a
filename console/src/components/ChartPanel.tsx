import { lazy, Suspense, useState, type ReactNode } from "react";
import { texts } from "@/i18n";
import { useFormat } from "@/app/format";
import { Card } from "./Page";
import { DataTable, type Column } from "./DataTable";
import { Skeleton } from "./Skeleton";
import "./chart-panel.css";

const Chart = lazy(() => import("./chart/Chart"));

const useText = texts(
  { table: "表格", chart: "图表", period: "时间", total: "合计" },
  { table: "Table", chart: "Chart", period: "Time", total: "Total" },
);

export interface ChartSeries {
  key: string;
  label: string;
  values: number[];
}

interface ChartPanelProps {
  title: string;
  kind: "bar" | "line" | "area";
  /** Pile the series on each other. */
  stacked?: boolean;
  periods: string[];
  series: ChartSeries[];
  /** What is counted, above the axis: `次`. */
  unit?: string;
  /** How a value is written; whole numbers by default. Charts may use floats, sums come from the server. */
  write?: (value: number) => string;
  height?: number;
  /** At the right of the title. */
  actions?: ReactNode;
  /** Shown instead when no series has a value. */
  empty?: ReactNode;
}

/** A chart whose numbers can also be read as a table. */
export function ChartPanel({ title, actions, height = 280, empty, write, ...chart }: ChartPanelProps) {
  const t = useText();
  const { count } = useFormat();
  const [asTable, setAsTable] = useState(false);
  const written = write ?? count;
  const nothing = empty !== undefined && chart.series.every((one) => one.values.every((value) => value === 0));
  return (
    <Card
      title={title}
      actions={
        <>
          {actions}
          {!nothing && (
            <button type="button" className="m-chart-toggle" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              {asTable ? t.chart : t.table}
            </button>
          )}
        </>
      }
    >
      {nothing ? (
        empty
      ) : asTable ? (
        <Numbers title={title} periods={chart.periods} series={chart.series} write={written} />
      ) : (
        <Suspense fallback={<Skeleton height={height} />}>
          <Chart label={title} height={height} write={written} {...chart} />
        </Suspense>
      )}
    </Card>
  );
}

interface NumbersProps {
  title: string;
  periods: string[];
  series: ChartSeries[];
  write: (value: number) => string;
}

function Numbers({ title, periods, series, write }: NumbersProps) {
  const t = useText();
  const columns: Column<number>[] = [
    { key: "period", title: t.period, cell: (row) => <span className="m-number">{periods[row]}</span>, onPhone: "title" },
    ...series.map((one): Column<number> => ({
      key: one.key,
      title: one.label,
      align: "right",
      cell: (row) => <span className="m-number">{write(one.values[row] ?? 0)}</span>,
      sortBy: (row) => one.values[row] ?? 0,
    })),
  ];
  return <DataTable label={title} columns={columns} rows={periods.map((_, index) => index)} rowKey={String} />;
}
