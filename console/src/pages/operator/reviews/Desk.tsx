import { useEffect, useState, type ReactNode } from "react";
import type { Schema } from "@/api/types";
import { useChange } from "@/api/use-api";
import Button from "@/components/Button";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Card } from "@/components/Page";
import { toast } from "@/components/toast";
import { Case } from "./Case";
import { neighbour } from "./neighbour";
import { pictureOf, thumbnailOf } from "./picture-of";
import { StatusTag } from "./StatusTag";
import { useText } from "./text";
import styles from "./reviews.module.css";

export type Entry = Schema["ReviewEntry"];

interface DeskProps {
  entries: Entry[];
  /** What is decided leaves this queue. */
  decidedLeave: boolean;
  onMore: (() => void) | undefined;
  empty: ReactNode;
}

interface Failed {
  name: string;
  problem: unknown;
}

/** The queue and the case that is looked at. A decision is sent while the next case is already there. */
export function Desk({ entries, decidedLeave, onMore, empty }: DeskProps) {
  const t = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const [failed, setFailed] = useState<Failed | null>(null);
  const decide = useChange("post", "/api/v1/operator/reviews/{material}", { refreshes: ["/api/v1/operator/reviews"] });
  const left = decidedLeave ? entries.filter((entry) => !decided.has(entry.material.id)) : entries;
  const ids = left.map((entry) => entry.material.id);
  const at = Math.max(0, ids.indexOf(chosen ?? ""));
  const current = left[at];
  const following = left[at + 1];
  useEffect(() => {
    // Fetched while the case before it is looked at, so that it is there at once.
    if (following) {
      new Image().src = pictureOf(following.material);
    }
  }, [following]);
  useEffect(() => {
    if (onMore && at >= left.length - 3) {
      onMore();
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `onMore` is a new function each time
  }, [at, left.length]);
  if (!current) {
    return <Card>{empty}</Card>;
  }
  const go = (step: 1 | -1) => setChosen(neighbour(ids, current.material.id, step) ?? current.material.id);
  const onDecide = async (approve: boolean, reason: string) => {
    const { id, name } = current.material;
    setFailed(null);
    setChosen(neighbour(ids, id, 1) ?? neighbour(ids, id, -1));
    setDecided((before) => new Set(before).add(id));
    try {
      await decide.mutateAsync({ path: { material: id }, body: { approve, reason } });
      toast(approve ? t.approved(name) : t.rejected(name));
    } catch (problem) {
      // It comes back into the queue, with what went wrong.
      setDecided((before) => new Set([...before].filter((one) => one !== id)));
      setChosen(id);
      setFailed({ name, problem });
    }
  };
  return (
    <>
      <ProblemAlert problem={failed?.problem}>{failed && <p className="m-muted">{t.failed(failed.name)}</p>}</ProblemAlert>
      <div className={styles["desk"]}>
        <nav className={styles["queue"]} aria-label={t.queue}>
          <ol className="m-plain">
            {left.map((entry) => (
              <li key={entry.material.id}>
                <QueueItem entry={entry} current={entry === current} onChoose={() => setChosen(entry.material.id)} />
              </li>
            ))}
          </ol>
          {onMore && (
            <Button variant="text" theme="primary" onClick={onMore}>
              {t.more}
            </Button>
          )}
        </nav>
        <Case
          key={current.material.id}
          entry={current}
          position={t.position(at + 1, left.length)}
          onDecide={(approve, reason) => void onDecide(approve, reason)}
          onGo={go}
        />
      </div>
    </>
  );
}

function QueueItem({ entry, current, onChoose }: { entry: Entry; current: boolean; onChoose: () => void }) {
  return (
    <button type="button" className={styles["item"]} aria-current={current ? "true" : undefined} onClick={onChoose}>
      <img {...thumbnailOf(entry.material)} alt="" width={48} height={48} loading="lazy" />
      <span className={styles["words"]}>
        <span className={styles["name"]}>{entry.material.name}</span>
        <span className="m-muted m-small">{entry.account_name}</span>
      </span>
      <StatusTag status={entry.material.status} />
    </button>
  );
}
