import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useShownTheme } from "@/app/settings";
import { useLanguage } from "@/i18n";
import type { ChartSeries } from "../ChartPanel";

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

interface ChartProps {
  label: string;
  kind: "bar" | "line" | "area";
  stacked?: boolean | undefined;
  periods: string[];
  series: ChartSeries[];
  unit?: string | undefined;
  write: (value: number) => string;
  height: number;
}

/** Draws with ECharts, in the colours of the theme. Loaded only when a chart is on the page. */
export default function Chart({ label, height, ...data }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useShownTheme();
  const language = useLanguage();
  const { kind, stacked, periods, series, unit, write } = data;
  useEffect(() => {
    const box = place.current;
    if (!box) {
      return;
    }
    const chart = echarts.init(box);
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, []);
  useEffect(() => {
    const chart = place.current && echarts.getInstanceByDom(place.current);
    chart?.setOption(options({ label, kind, stacked, periods, series, unit, write }), { notMerge: true });
  }, [label, kind, stacked, periods, series, unit, write, theme, language]);
  return <div ref={place} className="m-chart" style={{ height }} role="img" aria-label={label} />;
}

/** The highest that is drawn. */
function greatest({ periods, series, stacked }: Pick<ChartProps, "periods" | "series" | "stacked">): number {
  const at = (index: number) => series.map((one) => one.values[index] ?? 0);
  return Math.max(0, ...periods.map((_, index) => (stacked ? at(index).reduce((sum, value) => sum + value, 0) : Math.max(0, ...at(index)))));
}

function options(of: Omit<ChartProps, "height">): echarts.EChartsCoreOption {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const text = { color: colour("--td-text-color-secondary"), fontFamily: colour("--td-font-family"), fontSize: 12 };
  const line = colour("--td-component-stroke");
  // One way of writing for the whole axis.
  const great = greatest(of) >= 100_000;
  const axis = new Intl.NumberFormat(document.documentElement.lang, great ? { notation: "compact", maximumFractionDigits: 1 } : {});
  return {
    color: [1, 2, 3, 4, 5, 6].map((index) => colour(`--mien-chart-${index}`)),
    textStyle: text,
    animationDuration: 260,
    aria: { enabled: false },
    grid: { left: 8, right: 12, top: (of.series.length > 1 ? 40 : 16) + (of.unit === undefined ? 0 : 16), bottom: 4, containLabel: true },
    legend: { show: of.series.length > 1, top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: text, type: "scroll" },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: of.kind === "bar" ? "shadow" : "line", lineStyle: { color: line } },
      backgroundColor: colour("--td-bg-color-container"),
      borderColor: colour("--td-component-border"),
      textStyle: { ...text, color: colour("--td-text-color-primary") },
      valueFormatter: (value: unknown) => `${of.write(Number(value))}${of.unit === undefined ? "" : ` ${of.unit}`}`,
      confine: true,
    },
    xAxis: { type: "category", data: of.periods, boundaryGap: of.kind === "bar", axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { ...text, hideOverlap: true } },
    yAxis: { type: "value", name: of.unit, nameGap: 10, nameTextStyle: { ...text, align: "right" }, minInterval: 1, splitLine: { lineStyle: { color: line } }, axisLabel: { ...text, formatter: (value: number) => axis.format(value) } },
    series: of.series.map((one) => ({
      name: one.label,
      type: of.kind === "bar" ? "bar" : "line",
      data: one.values,
      stack: of.stacked ? "all" : undefined,
      barMaxWidth: 28,
      smooth: 0.2,
      symbol: "circle",
      symbolSize: 6,
      showSymbol: of.periods.length <= 31,
      lineStyle: { width: 2 },
      areaStyle: of.kind === "area" ? { opacity: 0.14 } : undefined,
      itemStyle: of.kind === "bar" ? { borderRadius: of.stacked ? 0 : [3, 3, 0, 0] } : undefined,
    })),
  };
}
