import type { Schema } from "@/api/types";
import { daysBetween } from "@/app/days";
import { useFormat } from "@/app/format";
import { usePackageName } from "@/components/names";
import { Card } from "@/components/Page";
import { Tag } from "@/components/Tag";
import { useText } from "./text";
import styles from "./licence.module.css";

interface TimelineProps {
  licence: Schema["ActivityLicence"];
  /** The end with all renewals. */
  until: string | null | undefined;
}

/** From purchase to end: when materials freeze, and where today is. */
export function Timeline({ licence, until }: TimelineProps) {
  const t = useText();
  const { dayOf, lastDayBefore, count } = useFormat();
  const packageName = usePackageName();
  const today = dayOf(new Date().toISOString());
  const begun = dayOf(licence.starts);
  const [closes, ends] = [lastDayBefore(licence.window_ends), lastDayBefore(licence.ends)];
  const length = Math.max(1, daysBetween(begun, ends));
  const at = (day: string) => `${Math.min(100, Math.max(0, (100 * (daysBetween(begun, day) - 1)) / length))}%`;
  const open = closes >= today;
  const renewed = until != null && until !== licence.ends;
  const marks = [
    { label: t.starts, day: begun },
    { label: t.window, day: closes },
    { label: t.ends, day: ends },
    ...(renewed ? [{ label: t.until, day: lastDayBefore(until) }] : []),
  ];
  return (
    <Card title={t.timeline}>
      <div className="m-stack">
        <p className="m-row">
          <strong>{packageName(licence.package)}</strong>
          <Tag kind="good">{t.daysLeft(daysBetween(today, renewed ? lastDayBefore(until) : ends))}</Tag>
          <span className="m-muted">{count(licence.qps)} QPS</span>
        </p>
        <div className={styles.line} aria-hidden="true">
          <span className={styles.window} style={{ width: at(closes) }} />
          <span className={styles.today} style={{ left: at(today) }}>
            <span>{t.today}</span>
          </span>
        </div>
        <ol className={`m-plain ${styles.marks}`}>
          {marks.map((mark) => (
            <li key={mark.label}>
              <span className="m-muted m-small">{mark.label}</span>
              <span className="m-number">{mark.day}</span>
            </li>
          ))}
        </ol>
        <p className="m-muted">{open ? t.windowOpen(closes) : t.windowClosed(closes)}</p>
      </div>
    </Card>
  );
}
