import { Field } from "@/components/Field";
import styles from "./explorer.module.css";

interface PickerProps {
  label: string;
  value: string;
  options: [value: string, label: string][];
  onChange: (value: string) => void;
}

/** One of a list, with the system's own control. */
export function Picker({ label, value, options, onChange }: PickerProps) {
  return (
    <Field label={label}>
      <select className={styles["picker"]} aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}
