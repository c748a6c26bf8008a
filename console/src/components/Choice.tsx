import { useId, type ReactNode } from "react";
import "./choice.css";

export interface Option<T extends string> {
  value: T;
  label: ReactNode;
  /** It cannot be chosen, and why. */
  disabled?: string | undefined;
}

interface ChoiceProps<T extends string> {
  /** Names the choice, for those who do not see it; shown before it with `labelled`. */
  label: string;
  labelled?: boolean;
  options: Option<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, side by side. */
export function Choice<T extends string>({ label, labelled, options, value, onChange }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className="m-choice">
      <legend className={labelled ? "m-choice-legend" : "m-hidden"}>{label}</legend>
      <div className="m-choice-options">
        {options.map((option) => (
          <label key={option.value} title={option.disabled}>
            <input type="radio" name={name} checked={option.value === value} disabled={option.disabled !== undefined} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
