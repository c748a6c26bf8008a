import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { Figure } from "@/components/Page";
import { Money } from "@/components/Written";
import { Skeleton } from "@/components/Skeleton";
import { Sparkline } from "./Sparkline";
import { useText } from "./text";
import css from "./overview.module.css";

/** Calls of the last days, without today: a day that is not over would look like a fall. */
export interface Days {
  periods: string[];
  calls: number[];
}

interface FiguresProps {
  overview: Schema["Overview"];
  days: Days | null;
  /** Calls of yesterday until the same time of day. */
  untilNow: number | null;
}

export function Figures({ overview, days, untilNow }: FiguresProps) {
  const t = useText();
  const toPage = useToPage();
  const { count, money } = useFormat();
  const { today, month, postpaid, account } = overview;
  return (
    <div className={css.figures}>
      <div className={`${css.tile} ${css.tileWide}`}>
        <Figure label={t.today} value={count(today.calls)} note={<Trend today={today.calls} yesterday={days?.calls.at(-1)} untilNow={untilNow} />} />
        {days && <DaysLine days={days} />}
      </div>
      <div className={css.tile}>
        <Figure
          label={t.month}
          value={count(month.calls)}
          note={month.calls === 0 ? undefined : month.failed > 0 ? t.failed(count(month.failed)) : t.noneFailed}
        />
      </div>
      <div className={css.tile}>
        <Figure label={t.qpsPeak} value={count(overview.qps_peak_today)} note={t.qpsNote} />
      </div>
      <div className={css.tile}>
        <Figure
          label={
            <span className={css.apart}>
              {t.balance}
              <Link to={toPage("balance")}>{t.topUp}</Link>
            </span>
          }
          value={<Money amount={account.balance} />}
          note={postpaid.calls > 0 ? t.postpaid(count(postpaid.calls), money(postpaid.amount_so_far)) : t.noPostpaid}
        />
      </div>
    </div>
  );
}

function DaysLine({ days }: { days: Days }) {
  const t = useText();
  const { count } = useFormat();
  const read = days.periods.map((day, index) => t.dayCalls(day, count(days.calls[index] ?? 0))).join("; ");
  const [first, last] = [days.periods[0], days.periods.at(-1)];
  return (
    <div className={css.days}>
      <Sparkline values={days.calls} label={`${t.trend(days.calls.length)}: ${read}`} />
      <span className={`${css.daysEnds} m-number`} aria-hidden="true">
        <span>{first?.slice(5)}</span>
        <span>{last?.slice(5)}</span>
      </span>
    </div>
  );
}

/** Today against yesterday until the same time, and all of yesterday. */
function Trend({ today, yesterday, untilNow }: { today: number; yesterday: number | undefined; untilNow: number | null }) {
  const t = useText();
  const { percent, count } = useFormat();
  if (yesterday === undefined) {
    return <span>&nbsp;</span>;
  }
  const part = untilNow === null || untilNow === 0 ? null : today / untilNow - 1;
  const said = part === null ? null : Math.abs(part) < 0.005 ? t.same : part > 0 ? t.more(percent(part)) : t.less(percent(-part));
  return (
    <span className={css.trend}>
      {said !== null && <span>{said}</span>}
      <span>{t.yesterday(count(yesterday))}</span>
    </span>
  );
}

export function FiguresLoading() {
  return (
    <div className={css.figures} aria-hidden="true">
      {[0, 1, 2, 3].map((one) => (
        <div key={one} className={one === 0 ? `${css.tile} ${css.tileWide}` : css.tile}>
          <Skeleton height={84} />
        </div>
      ))}
    </div>
  );
}
