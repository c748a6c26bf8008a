import type { Schema } from "@/api/types";
import { useFormat } from "@/app/format";
import { useText } from "./text";
import styles from "./health.module.css";

/** How long calls were in each stage: bars within bars, and the numbers beside them. */
export function Stages({ stages }: { stages: Schema["StageTimes"][] }) {
  const t = useText();
  const { count } = useFormat();
  const words = t as unknown as Record<string, string>;
  const longest = scale(Math.max(...stages.map((one) => one.p99_ms)));
  return (
    <div className={styles["scroll"]}>
      <table className={styles["stages"]}>
        <caption className="m-hidden">{t.stages}</caption>
        <thead>
          <tr>
            <th scope="col">{t.stage}</th>
            <th scope="col" className={styles["track"]} aria-hidden="true" />
            <th scope="col" className="m-right">p50</th>
            <th scope="col" className="m-right">p95</th>
            <th scope="col" className="m-right">p99</th>
            <th scope="col" className="m-right">{t.calls}</th>
          </tr>
        </thead>
        <tbody>
          {stages.map((one) => (
            <tr key={one.stage}>
              <th scope="row">{words[one.stage] ?? one.stage}</th>
              <td className={styles["track"]} aria-hidden="true">
                <span className={styles["times"]}>
                  <span style={{ width: `${(100 * one.p99_ms) / longest}%` }} />
                  <span style={{ width: `${(100 * one.p95_ms) / longest}%` }} />
                  <span style={{ width: `${(100 * one.p50_ms) / longest}%` }} />
                </span>
              </td>
              <td className="m-right m-number">{t.ms(milliseconds(one.p50_ms))}</td>
              <td className="m-right m-number">{t.ms(milliseconds(one.p95_ms))}</td>
              <td className="m-right m-number">{t.ms(milliseconds(one.p99_ms))}</td>
              <td className="m-right m-number">{count(one.calls)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

/** The end of the scale: a round number, so that bars do not jump with every refresh. */
export function scale(longest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(longest, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((end) => end >= longest) ?? 10 * power;
}
