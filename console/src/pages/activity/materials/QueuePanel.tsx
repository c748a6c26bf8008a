import { memo, useCallback, useMemo, useState } from "react";
import type { Schema } from "@/api/types";
import { useFormat } from "@/app/format";
import { useProblemWords } from "@/components/ProblemAlert";
import type { Problem } from "@/api/problem";
import { CheckIcon, CloseIcon, ErrorIcon, RefreshIcon } from "@/components/icons";
import { Card } from "@/components/Page";
import { useText } from "./text";
import type { Item, UploadQueue } from "./upload-queue";
import { useRefusalWords } from "./refusal-words";
import css from "./queue.module.css";

type Upload = Item<Schema["Material"]>;

interface QueuePanelProps {
  queue: UploadQueue<Schema["Material"]>;
  items: readonly Upload[];
}

/** Refused files listed by name; the rest is a number. */
const REFUSED_SHOWN = 100;

/** What is on its way, what came of it, and what was not sent and why. */
export function QueuePanel({ queue, items }: QueuePanelProps) {
  const t = useText();
  const { count } = useFormat();
  const sums = useMemo(() => sum(items), [items]);
  const retry = useCallback((id: number) => queue.retry(id), [queue]);
  const cancel = useCallback((id: number) => queue.cancel(id), [queue]);
  if (items.length === 0) {
    return null;
  }
  const sent = items.filter((item) => item.stage !== "refused");
  const refused = items.filter((item) => item.stage === "refused");
  const said = [
    sums.underWay > 0 ? t.queueProgress(count(sums.done), count(sums.done + sums.underWay + sums.failed)) : sums.done > 0 ? t.queueDone(count(sums.done)) : null,
    sums.failed > 0 ? t.queueFailed(count(sums.failed)) : null,
    refused.length > 0 ? t.queueRefused(count(refused.length)) : null,
  ].filter((part) => part !== null);
  return (
    <Card
      flush
      title={
        <span className={css.title}>
          {t.queue}
          <span className="m-small m-muted" role="status">
            {said.join(" · ")}
          </span>
        </span>
      }
      actions={
        <>
          {sums.failed > 0 && <PlainButton onClick={() => queue.retryAll()}>{t.retryAll}</PlainButton>}
          {sums.underWay > 0 && <PlainButton onClick={() => queue.cancelAll()}>{t.cancelAll}</PlainButton>}
          {sums.underWay < items.length && <PlainButton onClick={() => queue.clear()}>{t.clear}</PlainButton>}
        </>
      }
    >
      {sums.underWay > 0 && (
        <div className={css.whole} aria-hidden="true">
          <span style={{ inlineSize: `${(sums.part / Math.max(1, sent.length)) * 100}%` }} />
        </div>
      )}
      {/* What scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={css.list} tabIndex={0} role="region" aria-label={t.queue}>
        <ul className="m-plain">
          {sent.map((item) => (
            <Row key={item.id} item={item} onRetry={retry} onCancel={cancel} />
          ))}
          {refused.slice(0, REFUSED_SHOWN).map((item) => (
            <Row key={item.id} item={item} onRetry={retry} onCancel={cancel} />
          ))}
          {refused.length > REFUSED_SHOWN && <li className={`${css.row} m-small m-muted`}>{t.andMore(count(refused.length - REFUSED_SHOWN))}</li>}
        </ul>
      </div>
    </Card>
  );
}

function PlainButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button type="button" className={css.plain} onClick={onClick}>
      {children}
    </button>
  );
}

function sum(items: readonly Upload[]) {
  const of = (...stages: Upload["stage"][]) => items.filter((item) => stages.includes(item.stage));
  const done = of("done").length;
  const part = done + of("sending").reduce((all, item) => all + item.sent * 0.9, 0) + of("failed", "cancelled").length;
  return { done, failed: of("failed").length, underWay: of("waiting", "sending").length, part };
}

interface RowProps {
  item: Upload;
  onRetry: (id: number) => void;
  onCancel: (id: number) => void;
}

const Row = memo(function Row({ item, onRetry, onCancel }: RowProps) {
  const t = useText();
  const { bytes, percent } = useFormat();
  const refusal = useRefusalWords(item.refusal);
  const name = item.file.name;
  const said = {
    waiting: t.waiting,
    sending: item.sent >= 1 ? t.reviewing : t.sending(percent(item.sent)),
    done: item.done?.usable === false ? t.notPassed : t.passed,
    cancelled: t.cancelled,
    failed: "",
    refused: refusal,
  }[item.stage];
  const bad = item.stage === "failed" || item.stage === "refused" || item.done?.usable === false;
  return (
    <li className={css.row} data-stage={item.stage} data-bad={bad || undefined}>
      <Preview item={item} />
      <span className={css.words}>
        <span className={css.name} title={name}>
          {name}
        </span>
        <span className={css.said}>
          <span className="m-number">{bytes(item.file.size)}</span>
          <span>{item.problem && item.stage === "failed" ? <ProblemWords problem={item.problem} /> : said}</span>
        </span>
        {item.stage === "sending" && (
          <span className={css.bar} data-busy={item.sent >= 1 || undefined}>
            <span style={{ inlineSize: `${item.sent * 100}%` }} />
          </span>
        )}
      </span>
      {(item.stage === "waiting" || item.stage === "sending") && (
        <button type="button" className="m-icon-button" aria-label={t.cancelOne(name)} title={t.cancelOne(name)} onClick={() => onCancel(item.id)}>
          <CloseIcon />
        </button>
      )}
      {(item.stage === "failed" || item.stage === "cancelled") && (
        <button type="button" className="m-icon-button" aria-label={t.retryOne(name)} title={t.retryOne(name)} onClick={() => onRetry(item.id)}>
          <RefreshIcon />
        </button>
      )}
    </li>
  );
});

function ProblemWords({ problem }: { problem: Problem }) {
  const t = useText();
  const { message } = useProblemWords(problem);
  return <>{problem.status === 0 ? t.lost : message}</>;
}

/** The picture itself, from the file: nothing is asked of the server. */
function Preview({ item }: { item: Upload }) {
  const [url, setUrl] = useState<string | null>(null);
  const shown = useCallback(
    (place: HTMLSpanElement | null) => {
      if (place === null || item.refusal !== null) {
        return;
      }
      const made = URL.createObjectURL(item.file);
      setUrl(made);
      return () => URL.revokeObjectURL(made);
    },
    [item.file, item.refusal],
  );
  const mark = item.stage === "done" && item.done?.usable ? <CheckIcon /> : item.stage === "failed" || item.stage === "refused" || item.stage === "done" ? <ErrorIcon /> : null;
  return (
    <span ref={shown} className={css.preview} aria-hidden="true">
      {url !== null && <img src={url} alt="" loading="lazy" decoding="async" width={40} height={40} />}
      {mark && <span className={css.mark}>{mark}</span>}
    </span>
  );
}
