import type { ReactNode } from "react";
import "./tag.css";

/** A state in a word or two. */
export function Tag({ kind = "plain", children }: { kind?: "plain" | "brand" | "good" | "warning" | "bad"; children: ReactNode }) {
  return <span className={`m-tag m-tag-${kind}`}>{children}</span>;
}
