import { useId, type ReactNode } from "react";
import styles from "./parts.module.css";

interface ChoiceProps<T extends string> {
  /** What is chosen, for those who do not see it. */
  label: string;
  value: T;
  options: { value: T; label: ReactNode }[];
  onChange: (value: T) => void;
}

/** One of a few, all of them seen: radio buttons that look like a switch of views. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles["choice"]}>
      <legend className="m-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles["option"]}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
