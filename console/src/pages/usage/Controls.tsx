import { Choice } from "@/components/Choice";
import { Field, TextInput } from "@/components/Field";
import { fits, RANGES, type By, type Kind, type Range, type Split, type View } from "./view";
import { useText } from "./text";
import styles from "./usage.module.css";

interface ControlsProps {
  view: View;
  today: string;
  set: (changes: Record<string, string | null>) => void;
}

/** What time is shown, by which periods, told apart how. */
export function Controls({ view, today, set }: ControlsProps) {
  const t = useText();
  const { from, to } = view;
  return (
    <div className={styles.controls}>
      <Choice<Range> label={t.range} value={view.range} options={RANGES.map((range) => ({ value: range, label: t[range] }))} onChange={(range) => set(range === "custom" ? { range, from, to, by: null } : { range, from: null, to: null, by: null })} />
      {view.range === "custom" && (
        <div className={styles.dates}>
          <Field label={t.from} fault={from > to ? t.backwards : undefined}>
            <TextInput type="date" value={from} max={today} onChange={(day) => day !== "" && set({ from: day })} />
          </Field>
          <Field label={t.to}>
            <TextInput type="date" value={to} max={today} onChange={(day) => day !== "" && set({ to: day })} />
          </Field>
        </div>
      )}
      <div className={styles.row}>
        <Choice<By>
          label={t.by}
          labelled
          value={view.by}
          options={[
            { value: "hour", label: t.hour, disabled: fits("hour", from, to) ? undefined : t.tooLongForHours },
            { value: "day", label: t.day, disabled: fits("day", from, to) ? undefined : t.tooLongForDays },
            { value: "month", label: t.month },
          ]}
          onChange={(by) => set({ by })}
        />
        <Choice<Split> label={t.split} labelled value={view.split} options={(["none", "activity", "charged_to", "outcome"] as const).map((split) => ({ value: split, label: t[split] }))} onChange={(split) => set({ split })} />
      </div>
    </div>
  );
}

/** Bars or areas. */
export function KindChoice({ value, onChange }: { value: Kind; onChange: (kind: Kind) => void }) {
  const t = useText();
  return <Choice<Kind> label={t.chart} value={value} options={[{ value: "bar", label: t.bars }, { value: "area", label: t.area }]} onChange={onChange} />;
}
