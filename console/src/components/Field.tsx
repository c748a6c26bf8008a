import { createContext, useContext, useId, useState, type ReactNode } from "react";
import { BrowseIcon, BrowseOffIcon } from "./icons";
import { texts } from "@/i18n";
import "./field.css";

const useText = texts(
  { optional: "选填", show: "显示密码", hide: "隐藏密码" },
  { optional: "optional", show: "Show password", hide: "Hide password" },
);

interface Described {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

const Inside = createContext<Described | null>(null);

interface FieldProps {
  label: ReactNode;
  /** What to enter, in a line below. */
  hint?: ReactNode;
  /** Why it cannot stay as it is. */
  fault?: ReactNode;
  optional?: boolean;
  children: ReactNode;
}

/** A labelled control. Works with `TextInput`, `TextArea` and with TDesign's inputs and selects. */
export function Field({ label, hint, fault, optional, children }: FieldProps) {
  const t = useText();
  const id = useId();
  const note = fault ?? hint;
  return (
    <div className={fault ? "m-field m-field-fault" : "m-field"}>
      {/* A label around its control names also those that take no id, as TDesign's do not. */}
      <label>
        <span className="m-field-label">
          {label}
          {optional && <span className="m-field-optional">{t.optional}</span>}
        </span>
        <Inside value={{ id, describedBy: note ? `${id}-note` : undefined, invalid: Boolean(fault) }}>{children}</Inside>
      </label>
      {note && (
        <p id={`${id}-note`} className="m-field-note" role={fault ? "alert" : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

/** What ties a control of one's own to its `Field`: `<select {...useFieldControl()}>`. */
export function useFieldControl(): { id?: string; "aria-describedby"?: string; "aria-invalid"?: true } {
  const inside = useContext(Inside);
  if (inside === null) {
    return {};
  }
  return { id: inside.id, "aria-describedby": inside.describedBy, "aria-invalid": inside.invalid || undefined };
}

interface TextInputProps {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "password" | "email" | "url" | "search" | "tel" | "date";
  autoComplete?: string;
  inputMode?: "text" | "numeric" | "decimal" | "url" | "email" | "search";
  placeholder?: string;
  maxLength?: number;
  disabled?: boolean;
  readOnly?: boolean;
  required?: boolean;
  /** Ends of what a date may be. */
  min?: string;
  max?: string;
  /** Takes the focus when a dialog opens. */
  autoFocusInDialog?: boolean;
  spellCheck?: boolean;
  /** Names it where it stands in no `Field`. */
  label?: string;
  onBlur?: () => void;
  /** At its end, such as a unit. */
  suffix?: ReactNode;
  mono?: boolean;
}

/** A line of text; a password can be shown. */
export function TextInput({ value, onChange, type = "text", autoFocusInDialog, label, suffix, mono, ...rest }: TextInputProps) {
  const t = useText();
  const inside = useContext(Inside);
  const [shown, setShown] = useState(false);
  const secret = type === "password";
  return (
    <span className="m-input">
      <input
        {...rest}
        id={inside?.id}
        className={mono ? "m-mono" : undefined}
        type={secret && shown ? "text" : type}
        value={value}
        aria-label={label}
        aria-describedby={inside?.describedBy}
        aria-invalid={inside?.invalid || undefined}
        data-autofocus={autoFocusInDialog || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {suffix && <span className="m-input-suffix">{suffix}</span>}
      {secret && (
        <button type="button" className="m-input-eye" aria-label={shown ? t.hide : t.show} aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? <BrowseIcon /> : <BrowseOffIcon />}
        </button>
      )}
    </span>
  );
}

interface TextAreaProps {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  maxLength?: number;
  placeholder?: string;
  disabled?: boolean;
  label?: string;
  mono?: boolean;
}

/** Several lines of text. */
export function TextArea({ value, onChange, rows = 3, label, mono, ...rest }: TextAreaProps) {
  const inside = useContext(Inside);
  return (
    <span className="m-input m-input-area">
      <textarea
        {...rest}
        rows={rows}
        id={inside?.id}
        className={mono ? "m-mono" : undefined}
        value={value}
        aria-label={label}
        aria-describedby={inside?.describedBy}
        aria-invalid={inside?.invalid || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}
