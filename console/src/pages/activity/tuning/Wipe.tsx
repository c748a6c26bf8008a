import type { CSSProperties } from "react";
import { useText } from "./text";
import css from "./wipe.module.css";

/** A part of a picture in its pixels. */
export interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Height at most, in hundredths of the window's: a whole portrait is seen without scrolling. */
const MOST_VH = 74;

interface WipeProps {
  /** The template. */
  before: string;
  /** The result; only the template is shown without. */
  after: string | null;
  afterAlt: string;
  width: number;
  height: number;
  /** The part that is shown. */
  view: View;
  /** From the left, how much of the template is shown, 0 to 100. */
  at: number;
  onAt: (at: number) => void;
  label: string;
}

/** Two pictures on each other with a line between them that can be dragged, or moved by arrow keys. */
export function Wipe({ before, after, afterAlt, width, height, view, at, onAt, label }: WipeProps) {
  const t = useText();
  const placed: CSSProperties = {
    width: `${(width / view.width) * 100}%`,
    left: `${(-view.x / view.width) * 100}%`,
    top: `${(-view.y / view.height) * 100}%`,
    aspectRatio: `${width} / ${height}`,
  };
  return (
    <div className={css.wipe} style={{ aspectRatio: `${view.width} / ${view.height}`, maxWidth: `${(view.width / view.height) * MOST_VH}vh` }}>
      <div className={css.layer}>
        <img src={before} alt={after === null ? t.templateWord : ""} style={placed} draggable={false} />
      </div>
      {after !== null && (
        <>
          <div className={css.layer} style={{ clipPath: `inset(0 0 0 ${at}%)` }}>
            <img src={after} alt={afterAlt} style={placed} draggable={false} />
          </div>
          {at > 0 && (
            <>
              <span className={css.word} aria-hidden="true">
                {t.templateWord}
              </span>
              {at < 92 && (
                <span className={`${css.word} ${css.wordRight}`} aria-hidden="true">
                  {t.resultWord}
                </span>
              )}
            </>
          )}
          <span className={css.line} style={{ left: `clamp(1px, ${at}%, calc(100% - 1px))` }} aria-hidden="true">
            <span />
          </span>
          <input
            type="range"
            className={css.range}
            min={0}
            max={100}
            step={1}
            value={at}
            aria-label={label}
            aria-valuetext={t.wipeValue(at)}
            onChange={(event) => onAt(Number(event.target.value))}
          />
        </>
      )}
    </div>
  );
}
