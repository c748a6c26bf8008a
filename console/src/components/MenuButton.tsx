import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import "./menu-button.css";

export interface MenuItem {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  /** The one that holds now, in a menu of choices. */
  checked?: boolean;
  onSelect: () => void;
  /** A line before it. */
  apart?: boolean;
  danger?: boolean;
}

interface MenuButtonProps {
  /** Names the button where its content does not. */
  label: string;
  children: ReactNode;
  items: MenuItem[];
  className?: string;
  /** Above the items. */
  head?: ReactNode;
}

/** A button that opens a menu; arrow keys, Home, End, Escape as everywhere. */
export function MenuButton({ label, children, items, className, head }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) {
      return;
    }
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) {
        setOpen(false);
      }
    };
    document.addEventListener("pointerdown", outside);
    focusItem(box.current, "checked");
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKey = (event: React.KeyboardEvent) => {
    const steps: Record<string, Step> = { ArrowDown: 1, ArrowUp: -1, Home: "first", End: "last" };
    const step = steps[event.key];
    if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") {
      setOpen(false);
    } else if (step !== undefined && open) {
      event.preventDefault();
      focusItem(box.current, step);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      setOpen(true);
    }
  };
  return (
    // Keys reach it from the button and the items, which are what a keyboard can be on.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={box} className="m-menu" onKeyDown={onKey}>
      <button
        ref={button}
        type="button"
        className={className ?? "m-icon-button"}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <div className="m-menu-pop">
          {head && <div className="m-menu-head">{head}</div>}
          <div id={id} role="menu" aria-label={label}>
            {items.map((item) => (
              <button
                key={item.key}
                type="button"
                role={item.checked === undefined ? "menuitem" : "menuitemradio"}
                aria-checked={item.checked}
                tabIndex={-1}
                className={["m-menu-item", item.apart && "m-menu-apart", item.danger && "m-menu-danger"].filter(Boolean).join(" ")}
                onClick={() => {
                  close();
                  item.onSelect();
                }}
              >
                {item.icon}
                <span>{item.label}</span>
              </button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

type Step = 1 | -1 | "first" | "last" | "checked";

function focusItem(box: HTMLElement | null, step: Step): void {
  const items = [...(box?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  const now = items.findIndex((item) => item === document.activeElement);
  const checked = Math.max(0, items.findIndex((item) => item.getAttribute("aria-checked") === "true"));
  const next = { first: 0, last: items.length - 1, checked };
  const index = typeof step === "number" ? (now + step + items.length) % items.length : next[step];
  items[index]?.focus();
}
