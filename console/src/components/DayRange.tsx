import { texts } from "@/i18n";
import { Field, TextInput } from "./Field";
import "./day-range.css";

const useText = texts(
  { from: "起始日", to: "截止日", backwards: "起始日晚于截止日" },
  { from: "First day", to: "Last day", backwards: "The first day is after the last" },
);

interface DayRangeProps {
  /** Days as text; empty for no end there. */
  from: string;
  to: string;
  onFrom: (day: string) => void;
  onTo: (day: string) => void;
}

/** Whether days are the right way round; where one is open they are. */
export function isForwards(from: string, to: string): boolean {
  return from === "" || to === "" || from <= to;
}

/** From one day to another, both included; either may be left open. */
export function DayRange({ from, to, onFrom, onTo }: DayRangeProps) {
  const t = useText();
  return (
    <span className="m-day-range">
      <Field label={t.from} fault={isForwards(from, to) ? undefined : t.backwards}>
        <TextInput type="date" value={from} max={to || undefined} onChange={onFrom} />
      </Field>
      <Field label={t.to}>
        <TextInput type="date" value={to} min={from || undefined} onChange={onTo} />
      </Field>
    </span>
  );
}
