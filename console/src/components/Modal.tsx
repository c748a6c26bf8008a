import { useEffect, useId, useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { texts } from "@/i18n";
import { CloseIcon } from "./icons";
import "./modal.css";

const useText = texts({ close: "关闭" }, { close: "Close" });

interface ModalProps {
  open: boolean;
  title: ReactNode;
  /** Without it the dialog cannot be closed but by what is in it. */
  onClose?: (() => void) | undefined;
  /** Buttons; the main one last. */
  footer?: ReactNode;
  children: ReactNode;
  /** Slides in from the side, for menus on phones. */
  side?: "left" | "right";
  width?: number;
}

/** A dialog over the page: it holds the focus, gives it back, and closes with Escape. */
export function Modal(props: ModalProps) {
  return props.open ? createPortal(<Opened {...props} />, document.body) : null;
}

/** What can take the focus. */
const FOCUSABLE =
  'a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex="0"]';

/** The second click of a double click falls on the veil of the dialog that the first one opened. */
const DOUBLE_CLICK_MS = 500;

function Opened({ title, onClose, footer, children, side, width = 480 }: ModalProps) {
  const t = useText();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  const opened = useRef(0);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    opened.current = performance.now();
    const before = document.activeElement;
    const root = document.getElementById("root");
    const wasInert = root?.inert ?? false;
    if (root) {
      root.inert = true;
    }
    document.documentElement.classList.add("m-still");
    const first = box.current?.querySelector<HTMLElement>("[data-autofocus]") ??
      box.current?.querySelector<HTMLElement>(".m-modal-body input, .m-modal-body textarea");
    (first ?? box.current)?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) {
        close.current?.();
      }
      if (event.key === "Tab" && box.current) {
        keepInside(box.current, event);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.documentElement.classList.remove("m-still");
      if (root) {
        root.inert = wasInert;
      }
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  const onVeil = () => {
    if (performance.now() - opened.current > DOUBLE_CLICK_MS) {
      onClose?.();
    }
  };
  return (
    <div className={side ? `m-modal m-modal-side m-modal-${side}` : "m-modal"}>
      <div className="m-modal-veil" aria-hidden="true" onClick={onVeil} />
      <div ref={box} role="dialog" aria-modal="true" aria-labelledby={id} tabIndex={-1} className="m-modal-box" style={{ width }}>
        <header className="m-modal-head">
          <h2 id={id}>{title}</h2>
          {onClose && (
            <button type="button" className="m-icon-button" aria-label={t.close} onClick={onClose}>
              <CloseIcon />
            </button>
          )}
        </header>
        <div className="m-modal-body">{children}</div>
        {footer && <footer className="m-modal-foot m-row">{footer}</footer>}
      </div>
    </div>
  );
}

function keepInside(box: HTMLElement, event: KeyboardEvent): void {
  const inside = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.offsetParent !== null);
  const first = inside[0];
  const last = inside[inside.length - 1];
  const now = document.activeElement;
  if (!first || !last) {
    event.preventDefault();
  } else if (event.shiftKey && (now === first || now === box)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && now === last) {
    event.preventDefault();
    first.focus();
  }
}
