import Tag from "tdesign-react/es/tag";
import type { Schema } from "@/api/types";
import { materialState } from "@/app/material-state";
import { useText } from "./text";

const THEMES = { usable: "success", waiting: "warning", refused: "danger" } as const;

/** Where a material is in its review. */
export function StatusTag({ status }: { status: Schema["MaterialStatus"] }) {
  const t = useText();
  return (
    <Tag theme={THEMES[materialState(status)]} variant="light" size="small">
      {t[status]}
    </Tag>
  );
}
