import { useFormat } from "@/app/format";

/** An amount: `¥5,000.00`. Takes the API's text, never a number. */
export function Money({ amount, signed }: { amount: string; signed?: boolean }) {
  const { money } = useFormat();
  const plus = signed === true && !amount.startsWith("-") && !/^0+(\.0+)?$/.test(amount) ? "+" : "";
  return <span className="m-number">{plus + money(amount)}</span>;
}

/** A moment in the zone of the books; exact on hover. */
export function Moment({ at }: { at: string }) {
  const { moment, exactMoment } = useFormat();
  return (
    <time className="m-number" dateTime={at} title={exactMoment(at)}>
      {moment(at)}
    </time>
  );
}

/** A day as the API writes it, `2026-11-24`. */
export function Day({ day }: { day: string }) {
  return (
    <time className="m-number" dateTime={day}>
      {day}
    </time>
  );
}

/** The last day of something whose first moment after it is `ends`. */
export function LastDay({ ends }: { ends: string }) {
  const { lastDayBefore, exactMoment } = useFormat();
  return (
    <time className="m-number" dateTime={ends} title={exactMoment(ends)}>
      {lastDayBefore(ends)}
    </time>
  );
}

/** A whole number with its thousands told apart. */
export function Count({ value }: { value: number }) {
  return <span className="m-number">{useFormat().count(value)}</span>;
}
