import type { Schema } from "@/api/types";
import { useRead } from "@/api/use-api";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { Empty } from "@/components/Empty";
import { Card, Figure, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Stages } from "./Stages";
import { useText } from "./text";
import styles from "./health.module.css";

type Health = Schema["Health"];

const EVERY_MS = 5000;

export default function OperatorHealthPage() {
  const w = useWords();
  const t = useText();
  const { count } = useFormat();
  const health = useRead("/api/v1/operator/health", {}, { everyMs: EVERY_MS });
  return (
    <Page wide title={w.operatorHealth} lead={t.lead(count(health.data?.minutes ?? 5))}>
      <PageState of={health} loading={<Skeleton height={560} />}>
        {(read) => (
          <>
            <Now health={read} />
            <Card title={t.stages}>
              {read.stages.length === 0 ? <Empty small picture="chart" title={t.noStages}>{t.noStagesAdvice}</Empty> : <Stages stages={read.stages} />}
            </Card>
            <div className="m-grid m-grid-charts">
              <Outcomes outcomes={read.outcomes} />
              <Room disk={read.disk} />
            </div>
          </>
        )}
      </PageState>
    </Page>
  );
}

function Now({ health }: { health: Health }) {
  const t = useText();
  const { count } = useFormat();
  const { queue, load } = health;
  return (
    <Card>
      <div className="m-grid m-grid-figures">
        <Figure label={t.waiting} value={count(queue.waiting)} note={t.waitingNote(count(queue.most_waiting))} />
        <Figure label={t.running} value={count(queue.running)} note={t.runningNote(count(queue.workers))} />
        <Figure
          label={t.load}
          value={load ? load.one_minute.toFixed(2) : t.unknown}
          note={load ? t.loadNote(load.five_minutes.toFixed(2), load.fifteen_minutes.toFixed(2)) : undefined}
        />
        <Figure label={t.uptime} value={<Uptime seconds={health.uptime_s} />} note={`${t.version} ${health.version}`} />
      </div>
    </Card>
  );
}

/** The two largest parts of a time, such as 3 days 4 hours. */
function Uptime({ seconds }: { seconds: number }) {
  const t = useText();
  const parts = [
    [Math.floor(seconds / 86_400), t.days],
    [Math.floor(seconds / 3600) % 24, t.hours],
    [Math.floor(seconds / 60) % 60, t.minutes],
    [seconds % 60, t.seconds],
  ] as const;
  const first = Math.max(0, parts.findIndex(([value]) => value > 0));
  const shown = parts.slice(first, first + 2).filter(([value], index) => index === 0 || value > 0);
  return <span>{shown.map(([value, say]) => say(String(value))).join(" ")}</span>;
}

function Outcomes({ outcomes }: { outcomes: Health["outcomes"] }) {
  const t = useText();
  const { count, percent } = useFormat();
  const all = outcomes.reduce((sum, one) => sum + one.count, 0);
  const words: Record<string, string> = { OK: t.ok, ClientGone: t.clientGone };
  return (
    <Card title={t.outcomes}>
      {all === 0 ? (
        <Empty small picture="chart" title={t.noOutcomes} />
      ) : (
        <ul className={`m-plain ${styles["outcomes"] ?? ""}`}>
          {outcomes.map((one) => (
            <li key={one.code}>
              <span className={styles["code"]}>{words[one.code] ?? <code>{one.code}</code>}</span>
              <span className="m-number m-muted">
                {count(one.count)} · {percent(one.count / all)}
              </span>
              <span className={styles["bar"]} aria-hidden="true">
                <span data-ok={one.code === "OK" || undefined} style={{ width: `${(100 * one.count) / all}%` }} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Room({ disk }: { disk: Health["disk"] }) {
  const t = useText();
  const { bytes } = useFormat();
  const { used_bytes: used, free_bytes: free } = disk;
  const written = (value: number | null | undefined) => (value === null || value === undefined ? t.unknown : bytes(value));
  const part = typeof used === "number" && typeof free === "number" && used + free > 0 ? used / (used + free) : null;
  return (
    <Card title={t.disk}>
      <div className="m-stack">
        <div className="m-grid m-grid-figures">
          <Figure label={t.used} value={written(used)} />
          <Figure label={t.free} value={written(free)} />
          <Figure label={t.books} value={bytes(disk.books_bytes)} />
        </div>
        {part !== null && (
          <span className={styles["bar"]} aria-hidden="true">
            <span data-full={part > 0.9 || undefined} data-ok style={{ width: `${100 * part}%` }} />
          </span>
        )}
      </div>
    </Card>
  );
}
