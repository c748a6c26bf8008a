import { useRef, useState } from "react";
import { texts } from "@/i18n";
import { CheckIcon, CopyIcon } from "./icons";
import "./copy-id.css";

const useText = texts(
  { copy: (what: string) => `复制 ${what}`, copied: "已复制", failed: "无法复制，请手动选择" },
  { copy: (what: string) => `Copy ${what}`, copied: "Copied", failed: "Cannot copy; select it by hand" },
);

/** An id in its own type with a button that copies it. */
export function CopyId({ id, plain }: { id: string; plain?: boolean }) {
  const t = useText();
  const [state, setState] = useState<"rest" | "copied" | "failed">("rest");
  const timer = useRef<number>(undefined);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      setState("copied");
    } catch {
      setState("failed");
    }
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setState("rest"), 1600);
  };
  const said = state === "copied" ? t.copied : state === "failed" ? t.failed : "";
  return (
    <span className="m-copy">
      {plain ? <span>{id}</span> : <code className={id.length <= 12 ? "m-whole" : undefined}>{id}</code>}
      <button type="button" onClick={() => void copy()} aria-label={t.copy(id)} title={said || t.copy(id)}>
        {state === "copied" ? <CheckIcon /> : <CopyIcon />}
      </button>
      <span role="status" className="m-hidden">
        {said}
      </span>
    </span>
  );
}
