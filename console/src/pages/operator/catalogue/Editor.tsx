import { useEffect, useRef, useState } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { Schema } from "@/api/types";
import { useChange } from "@/api/use-api";
import { useFormat } from "@/app/format";
import Button from "@/components/Button";
import { useConfirm } from "@/components/Confirm";
import { Card } from "@/components/Page";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { useLanguage } from "@/i18n";
import { Changes } from "./Changes";
import { LinedText, type LinedTextHandle } from "./LinedText";
import { useText } from "./text";
import styles from "./catalogue.module.css";

type Verdict = Schema["CatalogueVerdict"];

const CHECK = "/api/v1/operator/catalogue/check";
const CATALOGUE = "/api/v1/operator/catalogue";
/** How long one has stopped writing before the text is checked. */
const PAUSE_MS = 400;

interface EditorProps {
  /** The file in force. */
  current: string;
  /** `null` while nothing is changed. */
  draft: string | null;
  onWrite: (text: string | null) => void;
  onApplied: () => void;
}

/** Writes the next edition; checked while one writes. */
export function Editor({ current, draft, onWrite, onApplied }: EditorProps) {
  const t = useText();
  const language = useLanguage();
  const place = useRef<LinedTextHandle>(null);
  const text = draft ?? current;
  const checked = useLater(text, PAUSE_MS);
  const check = useQuery<Verdict, Problem>({
    queryKey: [CHECK, current, checked],
    queryFn: async ({ signal }) => (await ask("post", CHECK, { body: { text: checked }, signal })) as Verdict,
    placeholderData: keepPreviousData,
    enabled: checked !== current,
  });
  const settled = checked === text && !check.isPlaceholderData && !check.isFetching;
  const verdict = text === current ? undefined : check.data;
  const faulty = new Set((verdict?.faults ?? []).flatMap((fault) => (typeof fault.line === "number" ? [fault.line] : [])));
  return (
    <>
      <Card
        title={t.editor}
        actions={
          <>
            {draft !== null && (
              <Button variant="outline" theme="default" onClick={() => onWrite(null)}>
                {t.restore}
              </Button>
            )}
            <Apply text={text} verdict={settled ? verdict : undefined} onApplied={onApplied} />
          </>
        }
      >
        <div className="m-stack">
          <p className="m-muted">{t.editorLead}</p>
          <LinedText ref={place} label={t.editor} value={text} onChange={(next) => onWrite(next === current ? null : next)} faulty={faulty} />
          <Standing unchanged={text === current} settled={settled} verdict={verdict} />
        </div>
      </Card>
      <ProblemAlert problem={text === current ? null : check.error} onRetry={() => void check.refetch()} />
      {verdict && verdict.faults.length > 0 && (
        <Card title={t.faults}>
          <ul className={`m-plain ${styles["faults"] ?? ""}`}>
            {verdict.faults.map((fault, index) => (
              <li key={index}>
                {typeof fault.line === "number" ? (
                  <button type="button" onClick={() => place.current?.goTo(fault.line ?? 1)}>
                    {t.line(fault.line)}
                  </button>
                ) : (
                  <span className="m-muted">{t.whole}</span>
                )}
                <span>
                  {fault.path && <code>{fault.path}</code>} {language === "zh" ? fault.message_zh : fault.message}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {verdict && verdict.diff.length > 0 && (
        <Card title={t.changes} flush>
          <Changes changes={verdict.diff} />
        </Card>
      )}
    </>
  );
}

/** A value once it has not changed for so long. */
function useLater<T>(value: T, ms: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setLater(value), ms);
    return () => window.clearTimeout(timer);
  }, [value, ms]);
  return later;
}

function Standing({ unchanged, settled, verdict }: { unchanged: boolean; settled: boolean; verdict: Verdict | undefined }) {
  const t = useText();
  const { count } = useFormat();
  const words = unchanged
    ? t.unchanged
    : !settled || !verdict
      ? t.checking
      : verdict.valid
        ? t.valid(count(verdict.diff.length))
        : t.faulty(count(verdict.faults.length));
  const mood = unchanged || !settled || !verdict ? undefined : verdict.valid ? "fine" : "faulty";
  return (
    <p role="status" className={styles["standing"]} data-mood={mood}>
      {words}
    </p>
  );
}

function Apply({ text, verdict, onApplied }: { text: string; verdict: Verdict | undefined; onApplied: () => void }) {
  const t = useText();
  const { count } = useFormat();
  const confirm = useConfirm();
  const apply = useChange("post", CATALOGUE, { refreshes: [CATALOGUE, "/api/v1/accounts/{account}/catalogue"] });
  const version = /^\s*version\s*=\s*"([^"]*)"/m.exec(text)?.[1] ?? "";
  const ask = () =>
    confirm({
      title: t.applyTitle(version),
      children: (
        <div className="m-stack">
          <p>{t.applyText(count(verdict?.diff.length ?? 0))}</p>
          <div className={styles["scroll"]}>
            <Changes changes={verdict?.diff ?? []} />
          </div>
        </div>
      ),
      act: t.apply,
      onConfirm: async () => {
        await apply.mutateAsync({ body: { text } });
        toast(t.applied(version));
        onApplied();
      },
    });
  return (
    <Button disabled={!verdict?.valid || verdict.diff.length === 0} onClick={ask}>
      {t.apply}
    </Button>
  );
}
