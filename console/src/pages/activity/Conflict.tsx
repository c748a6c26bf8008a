import Button from "@/components/Button";
import { useFormat } from "@/app/format";
import { WarningIcon } from "@/components/icons";
import type { ReactNode } from "react";
import { useText } from "./materials/text";
import css from "./activity.module.css";

interface ConflictProps {
  /** When it was changed elsewhere, where that is known. */
  at?: string;
  /** How it is now. */
  now: ReactNode;
  onMine: () => void;
  onTheirs: () => void;
  busy: boolean;
}

/** Somebody changed the same meanwhile: which of both shall hold? */
export function Conflict({ at, now, onMine, onTheirs, busy }: ConflictProps) {
  const t = useText();
  const { moment } = useFormat();
  return (
    <div className={css.conflict} role="alert">
      <WarningIcon />
      <div>
        <p>{at === undefined ? t.conflictPlain : t.conflict(moment(at))}</p>
        <p>{now}</p>
        <div className="m-row">
          <Button size="small" variant="outline" theme="default" disabled={busy} onClick={onTheirs}>
            {t.takeTheirs}
          </Button>
          <Button size="small" variant="outline" loading={busy} onClick={onMine}>
            {t.keepMine}
          </Button>
        </div>
      </div>
    </div>
  );
}
