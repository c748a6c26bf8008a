import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { daysBetween } from "@/app/days";
import { useFormat } from "@/app/format";
import { Hint } from "@/components/Hint";
import { PageState } from "@/components/PageState";
import { mostExtra, withPurchase, type CalendarDay } from "@/components/qps-calendar/days";
import { QpsCalendar } from "@/components/qps-calendar/QpsCalendar";
import { Skeleton } from "@/components/Skeleton";
import type { Selection } from "./selection";
import { useText } from "./text";
import styles from "./buy.module.css";

interface QpsPickerProps {
  catalogue: Schema["Catalogue"];
  activity: Schema["Activity"];
  selection: Selection;
  choose: (change: Partial<Selection>) => void;
  /** Fixed calls a second of the licence that is bought along. */
  newFixed?: number | undefined;
}

/** Days and how many more calls a second on them. */
export function QpsPicker({ catalogue, activity, selection, choose, newFixed }: QpsPickerProps) {
  const t = useText();
  const { count, money } = useFormat();
  const { step, price, window_days } = catalogue.qps_upgrade;
  const calendar = useAccountRead("/api/v1/accounts/{account}/activities/{activity}/qps", { path: { activity: activity.id }, query: { days: window_days + 1 } });
  const { range, extra } = selection;
  return (
    <PageState of={calendar} loading={<Skeleton height={420} />}>
      {({ days: read, ceiling }) => {
        const days = withPurchase(read, { range, extra, ceiling, newFixed });
        return (
          <div className="m-stack">
            <QpsCalendar days={days} range={range} onRange={(next) => choose({ range: next, extra: extra || step })} />
            <p className="m-muted m-small">{t.legend(count(ceiling))}</p>
            <div className={styles.amount}>
              <div>
                <p className="m-field-label">{t.howMuch}</p>
                <Stepper value={extra} step={step} most={mostExtra(days, ceiling, step)} onChange={(next) => choose({ extra: next })} />
              </div>
              <p className={styles.rangeWords} aria-live="polite">
                <strong>{range === null ? t.noDays : t.range(range.first, range.last, daysBetween(range.first, range.last))}</strong>
                <span className="m-muted m-small">{t.priceEach(count(step), money(price))}</span>
              </p>
            </div>
            <Over days={days} ceiling={ceiling} contact={catalogue.contact} />
          </div>
        );
      }}
    </PageState>
  );
}

const MOST_NAMED = 5;

/** Names the days on which there would be too much. */
function Over({ days, ceiling, contact }: { days: CalendarDay[]; ceiling: number; contact: string }) {
  const t = useText();
  const { count } = useFormat();
  const over = days.filter((day) => day.isOver);
  if (over.length === 0) {
    return null;
  }
  const named = over.slice(0, MOST_NAMED).map((day) => t.overDay(day.day, count(day.then)));
  return (
    <div role="alert">
      <Hint kind="warning" title={t.overTitle(over.length, count(ceiling))}>
        <ul className="m-plain">
          {named.map((words) => (
            <li key={words}>{words}</li>
          ))}
          {over.length > MOST_NAMED && <li>…</li>}
        </ul>
        <p>{t.overAdvice(contact)}</p>
      </Hint>
    </div>
  );
}

interface StepperProps {
  value: number;
  step: number;
  most: number;
  onChange: (value: number) => void;
}

function Stepper({ value, step, most, onChange }: StepperProps) {
  const t = useText();
  const { count } = useFormat();
  return (
    <div>
      <div className={styles.stepper}>
        <button type="button" aria-label={t.fewer} disabled={value <= 0} onClick={() => onChange(Math.max(0, value - step))}>
          −
        </button>
        <output aria-live="polite">{t.extraNow(count(value))}</output>
        <button type="button" aria-label={t.more} onClick={() => onChange(value + step)}>
          +
        </button>
        {[step, step * 5, step * 10].map((more) => (
          <button key={more} type="button" className={styles.quick} onClick={() => onChange(more)} aria-pressed={value === more}>
            +{more}
          </button>
        ))}
        {most > 0 && (
          <button type="button" className={styles.quick} onClick={() => onChange(most)} aria-pressed={value === most}>
            {t.most(count(most))}
          </button>
        )}
      </div>
    </div>
  );
}
