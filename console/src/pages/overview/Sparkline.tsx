import { useId } from "react";
import css from "./overview.module.css";

interface SparklineProps {
  values: number[];
  /** Says what is drawn, for those who do not see it. */
  label: string;
}

const WIDTH = 240;
const HEIGHT = 56;
const PAD = 4;

/** The course of a few numbers as a line; the last one is marked. */
export function Sparkline({ values, label }: SparklineProps) {
  const shade = useId();
  const points = curve(values);
  const line = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  const [lastX, lastY] = points.at(-1) ?? [0, HEIGHT];
  return (
    <svg className={css.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} preserveAspectRatio="none">
      <defs>
        <linearGradient id={shade} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="currentColor" stopOpacity="0.22" />
          <stop offset="1" stopColor="currentColor" stopOpacity="0" />
        </linearGradient>
      </defs>
      <path d={`${line}L${lastX.toFixed(1)} ${HEIGHT}L${PAD} ${HEIGHT}Z`} fill={`url(#${shade})`} />
      <path d={line} fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
      <path d={`M${lastX.toFixed(1)} ${lastY.toFixed(1)}v0`} stroke="currentColor" strokeWidth="7" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** Where the values lie in the drawing; without any calls it is a line at the bottom. */
export function curve(values: number[]): [x: number, y: number][] {
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? (WIDTH - 2 * PAD) / (values.length - 1) : 0;
  return values.map((value, index) => [PAD + index * step, HEIGHT - PAD - (value / most) * (HEIGHT - 2 * PAD)]);
}
