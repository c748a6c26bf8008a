import type { ReactNode } from "react";
import { InfoIcon, SuccessIcon, WarningIcon } from "./icons";
import "./hint.css";

interface HintProps {
  kind?: "info" | "good" | "warning";
  title?: ReactNode;
  children?: ReactNode;
}

/** Something to know, beside what is on the page; what went wrong is a `ProblemAlert`. */
export function Hint({ kind = "info", title, children }: HintProps) {
  return (
    <div className={`m-hint m-hint-${kind}`} role="note">
      {kind === "info" ? <InfoIcon /> : kind === "good" ? <SuccessIcon /> : <WarningIcon />}
      <div>
        {title && <p className="m-hint-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
