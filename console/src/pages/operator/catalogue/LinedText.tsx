import { useImperativeHandle, useRef, type Ref } from "react";
import styles from "./catalogue.module.css";

export interface LinedTextHandle {
  /** Marks a line and brings it into view. */
  goTo: (line: number) => void;
}

interface LinedTextProps {
  ref?: Ref<LinedTextHandle>;
  label: string;
  value: string;
  onChange?: (value: string) => void;
  /** Lines with a fault, from 1. */
  faulty?: ReadonlySet<number>;
}

const LINE_PX = 20;

/** A text with the numbers of its lines. */
export function LinedText({ ref, label, value, onChange, faulty }: LinedTextProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLDivElement>(null);
  const lines = value.split("\n");
  useImperativeHandle(ref, () => ({
    goTo(line) {
      const box = area.current;
      if (!box) {
        return;
      }
      const before = box.value.split("\n").slice(0, line - 1);
      const start = before.reduce((sum, one) => sum + one.length + 1, 0);
      const length = box.value.split("\n")[line - 1]?.length ?? 0;
      box.focus();
      box.setSelectionRange(start, start + length);
      box.scrollTop = Math.max(0, (line - 4) * LINE_PX);
    },
  }));
  return (
    <div className={styles["lined"]}>
      <div ref={numbers} className={styles["numbers"]} aria-hidden="true">
        {lines.map((_, index) => (
          <span key={index} data-fault={faulty?.has(index + 1) || undefined}>
            {index + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={area}
        aria-label={label}
        value={value}
        readOnly={onChange === undefined}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
        onChange={(event) => onChange?.(event.target.value)}
        onScroll={(event) => {
          if (numbers.current) {
            numbers.current.scrollTop = event.currentTarget.scrollTop;
          }
        }}
      />
    </div>
  );
}
