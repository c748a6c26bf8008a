import type { ReactNode } from "react";
import "./toggle.css";

interface ToggleProps {
  /** What is on or off; stands beside it. */
  label: ReactNode;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
}

/** On or off, at once. */
export function Toggle({ label, on, onChange, disabled }: ToggleProps) {
  return (
    <label className="m-toggle">
      <input type="checkbox" role="switch" checked={on} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
