import { ChevronDownIcon } from "./icons";
import { useFieldControl } from "./Field";
import "./select-input.css";

interface SelectInputProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  options: { value: T; label: string; disabled?: boolean }[];
  disabled?: boolean;
  /** Names it where it stands in no `Field`. */
  label?: string;
}

/** One of a list, as the system shows it: it works the same on every phone and with every screen reader. */
export function SelectInput<T extends string>({ value, onChange, options, disabled, label }: SelectInputProps<T>) {
  const control = useFieldControl();
  return (
    <span className="m-input m-select">
      <select {...control} aria-label={label} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDownIcon />
    </span>
  );
}
