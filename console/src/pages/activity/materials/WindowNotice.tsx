import type { Schema } from "@/api/types";
import { useFormat } from "@/app/format";
import { useNow } from "@/app/use-now";
import { LockIcon, TimeIcon } from "@/components/icons";
import { useText } from "./text";
import css from "./materials.module.css";

const DAY_MS = 86_400_000;

/** Whether materials can be added, replaced and deleted now. */
export function useFrozen(activity: Schema["Activity"]): boolean {
  const now = useNow();
  return activity.materials_frozen_from !== null && Date.parse(activity.materials_frozen_from) <= now;
}

/** Until when materials may change, or since when they may not. */
export function WindowNotice({ activity }: { activity: Schema["Activity"] }) {
  const t = useText();
  const now = useNow();
  const frozen = useFrozen(activity);
  const { lastDayBefore } = useFormat();
  const from = activity.materials_frozen_from;
  if (from === null) {
    return null;
  }
  const days = Math.ceil((Date.parse(from) - now) / DAY_MS);
  const said = frozen ? t.frozen(lastDayBefore(from)) : days <= 1 ? t.windowToday : t.windowOpen(lastDayBefore(from), days);
  return (
    <p className={css.window} data-frozen={frozen || undefined} data-soon={(!frozen && days <= 7) || undefined}>
      {frozen ? <LockIcon /> : <TimeIcon />}
      <span>{said}</span>
    </p>
  );
}
