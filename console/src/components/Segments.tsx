import { useId, type ReactNode } from "react";
import "./choices.css";

interface SegmentsProps<T extends string> {
  /** Names the group for those who do not see it. */
  label: string;
  choices: { value: T; label: ReactNode; count?: number }[];
  value: T;
  onChange: (value: T) => void;
  className?: string;
}

/** A few short choices in one row, such as filters. */
export function Segments<T extends string>({ label, choices, value, onChange, className }: SegmentsProps<T>) {
  const id = useId();
  return (
    <fieldset className={className ? `m-segments ${className}` : "m-segments"}>
      <legend className="m-hidden">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={id} value={choice.value} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <span>
            {choice.label}
            {choice.count !== undefined && <span className="m-segments-count">{choice.count}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
