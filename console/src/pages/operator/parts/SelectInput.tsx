import styles from "./parts.module.css";

interface SelectInputProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of many, with the system's own list. */
export function SelectInput({ label, value, options, onChange }: SelectInputProps) {
  return (
    <select className={styles["select"]} aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
