import Tag from "tdesign-react/es/tag";
import type { ReactNode } from "react";
import type { Schema } from "@/api/types";
import { texts } from "@/i18n";

const useText = texts(
  { active: "正常", suspended: "已停用", enabled: "可登录", disabled: "已禁用" },
  { active: "Active", suspended: "Suspended", enabled: "May sign in", disabled: "Disabled" },
);

export type Mood = "success" | "warning" | "danger" | "default" | "primary";

/** A word in a coloured field. */
export function Mark({ mood, children }: { mood: Mood; children: ReactNode }) {
  return (
    <Tag theme={mood} variant="light">
      {children}
    </Tag>
  );
}

/** Whether an account may be used. */
export function AccountStateTag({ state }: { state: Schema["AccountState"] }) {
  const t = useText();
  return <Mark mood={state === "active" ? "success" : "danger"}>{state === "active" ? t.active : t.suspended}</Mark>;
}

/** Whether a user may sign in. */
export function UserStateTag({ state }: { state: Schema["UserState"] }) {
  const t = useText();
  return <Mark mood={state === "active" ? "success" : "danger"}>{state === "active" ? t.enabled : t.disabled}</Mark>;
}
