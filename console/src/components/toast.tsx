import { useSyncExternalStore } from "react";
import { ErrorIcon, SuccessIcon } from "./icons";
import "./toast.css";

interface Toast {
  id: number;
  kind: "done" | "fault";
  text: string;
}

const SHOWN_MS = 4000;
let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  listeners.forEach((listener) => listener());
}

/** Says for a moment that something is done: `toast("已保存")`. Problems belong into a `ProblemAlert`. */
export function toast(text: string, kind: Toast["kind"] = "done"): void {
  last += 1;
  const id = last;
  set([...toasts.slice(-2), { id, kind, text }]);
  window.setTimeout(() => set(toasts.filter((one) => one.id !== id)), SHOWN_MS);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="m-toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <div key={one.id} className={`m-toast m-toast-${one.kind}`}>
          {one.kind === "done" ? <SuccessIcon /> : <ErrorIcon />}
          {one.text}
        </div>
      ))}
    </div>
  );
}
