import { useId } from "react";
import { useText } from "./text";
import css from "./tuning.module.css";

interface SliderProps {
  label: string;
  hint: string;
  value: number;
  /** The saved value: a mark on the track. */
  saved: number;
  onChange: (value: number) => void;
  disabled: boolean;
}

/** A degree, 0 for the user to 100 for the template. */
export function Slider({ label, hint, value, saved, onChange, disabled }: SliderProps) {
  const t = useText();
  const id = useId();
  return (
    <div className={css.slider}>
      <div className={css.sliderHead}>
        <label htmlFor={id}>
          <strong>{label}</strong> <span className="m-small m-muted">{hint}</span>
        </label>
        <input
          type="number"
          className={css.number}
          aria-label={label}
          min={0}
          max={100}
          value={value}
          disabled={disabled}
          onChange={(event) => {
            const next = Math.round(event.target.valueAsNumber);
            if (!Number.isNaN(next)) {
              onChange(Math.min(100, Math.max(0, next)));
            }
          }}
        />
      </div>
      <div className={css.track} style={{ "--at": `${value}%`, "--saved-part": saved / 100 } as React.CSSProperties}>
        <input id={id} type="range" min={0} max={100} step={1} value={value} disabled={disabled} onChange={(event) => onChange(Number(event.target.value))} />
        {saved !== value && <span className={css.savedMark} aria-hidden="true" />}
      </div>
      <div className={`${css.ends} m-small m-muted`} aria-hidden="true">
        <span>{t.user}</span>
        <span>{t.template}</span>
      </div>
    </div>
  );
}
