import { useId, type ReactNode } from "react";
import { LockIcon } from "./icons";
import "./choices.css";

export interface Choice<T extends string> {
  value: T;
  title: ReactNode;
  /** What it means, in a line or two. */
  children?: ReactNode;
  /** At the right of the title, such as a price. */
  note?: ReactNode;
  disabled?: boolean;
}

interface ChoiceCardsProps<T extends string> {
  label: ReactNode;
  choices: Choice<T>[];
  value: T | null;
  onChange: (value: T) => void;
  /** Why it cannot be changed now: shown with a lock, and nothing can be chosen. */
  locked?: ReactNode;
  hint?: ReactNode;
}

/** One of few, each explained on its card. Radio buttons for keyboards and screen readers. */
export function ChoiceCards<T extends string>({ label, choices, value, onChange, locked, hint }: ChoiceCardsProps<T>) {
  const id = useId();
  return (
    <fieldset className="m-choices" disabled={Boolean(locked)} aria-describedby={locked || hint ? `${id}-note` : undefined}>
      <legend className="m-field-label">{label}</legend>
      <div className="m-choices-cards">
        {choices.map((choice) => (
          <label key={choice.value} className="m-choice">
            <input type="radio" name={id} value={choice.value} checked={choice.value === value} disabled={choice.disabled} onChange={() => onChange(choice.value)} />
            <span className="m-choice-words">
              <span className="m-choice-head">
                <span className="m-choice-title">{choice.title}</span>
                {choice.note && <span className="m-choice-note m-number">{choice.note}</span>}
              </span>
              {choice.children && <span className="m-choice-text">{choice.children}</span>}
            </span>
          </label>
        ))}
      </div>
      {(locked ?? hint) && (
        <p id={`${id}-note`} className={locked ? "m-choices-note m-choices-locked" : "m-choices-note"}>
          {locked && <LockIcon />}
          <span>{locked ?? hint}</span>
        </p>
      )}
    </fieldset>
  );
}
