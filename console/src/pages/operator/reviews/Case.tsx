import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { CopyId } from "@/components/CopyId";
import { Field, TextArea } from "@/components/Field";
import { MaterialPicture } from "@/components/MaterialPicture";
import { Card, Facts } from "@/components/Page";
import { Moment } from "@/components/Written";
import { useLanguage } from "@/i18n";
import type { Entry } from "./Desk";
import { pictureOf } from "./picture-of";
import { StatusTag } from "./StatusTag";
import { useText } from "./text";
import styles from "./reviews.module.css";

interface CaseProps {
  entry: Entry;
  /** Which of how many it is. */
  position: string;
  onDecide: (approve: boolean, reason: string) => void;
  onGo: (step: 1 | -1) => void;
}

/** A material, what the machine and the customer say, and the decision. */
export function Case({ entry, position, onDecide, onGo }: CaseProps) {
  const w = useWords();
  const t = useText();
  const { material } = entry;
  const findingText = useFindingText();
  const boxes = material.review.faces.map((face, index) => ({
    ...face.bounds,
    label: String(index + 1),
    fault: face.usable ? null : (face.findings[0] ? findingText(face.findings[0]) : ""),
  }));
  const width = material.review.width || 1;
  const height = material.review.height || 1;
  return (
    <Card
      title={
        <span className="m-row">
          {material.name} <StatusTag status={material.status} />
        </span>
      }
      actions={
        <>
          <span className="m-muted m-small m-number">{position}</span>
          <Button size="small" variant="outline" theme="default" onClick={() => onGo(-1)}>
            {t.previous} <kbd className={styles["key"]}>K</kbd>
          </Button>
          <Button size="small" variant="outline" theme="default" onClick={() => onGo(1)}>
            {t.next} <kbd className={styles["key"]}>J</kbd>
          </Button>
        </>
      }
    >
      <div className={styles["case"]}>
        <div className={styles["picture"]}>
          <MaterialPicture src={pictureOf(material)} alt={t.alt(material.name)} width={width} height={height} faces={boxes} lazy={false} />
        </div>
        <div className="m-stack">
          <Found review={material.review} />
          <Said material={material} />
          <Verdict onDecide={onDecide} onGo={onGo} />
          <Facts
            facts={[
              [w.account, <Link key="account" to={`/operator/accounts/${entry.account}`}>{entry.account_name}</Link>],
              [w.activity, <Link key="activity" to={`/accounts/${entry.account}/activities/${entry.activity}`}>{entry.activity_name}</Link>],
              [t.material, <CopyId key="id" id={material.id} />],
              [t.uploaded, <Moment key="at" at={material.created} />],
            ]}
          />
        </div>
      </div>
    </Card>
  );
}

/** What the machine found, for the picture and for each face. */
function Found({ review }: { review: Schema["Review"] }) {
  const t = useText();
  const { count } = useFormat();
  const findingText = useFindingText();
  return (
    <section className={styles["part"]}>
      <h3>{t.machine}</h3>
      <p className={review.passed ? undefined : styles["refusal"]}>{review.reason ? findingText(review.reason) : t.machinePassed}</p>
      <p className="m-muted m-small">
        {t.size(review.width, review.height)} · {t.faces(count(review.faces.length))}
      </p>
      <ul className={`m-plain m-small ${styles["faces"] ?? ""}`}>
        {review.faces.map((face, index) => (
          <li key={index}>
            <b>{t.face(index + 1)}</b> {face.findings.length === 0 ? t.usable : face.findings.map(findingText).join(" / ")}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the customer said in an appeal, or what was said of it before. */
function Said({ material }: { material: Schema["Material"] }) {
  const t = useText();
  const appealed = material.status === "appealed";
  // A refusal by the machine repeats what stands above.
  if (!appealed && (material.reason === "" || material.status === "rejected_by_machine")) {
    return null;
  }
  return (
    <section className={styles["part"]}>
      <h3>{appealed ? t.appealText : t.note}</h3>
      <blockquote className={styles["quote"]}>{material.reason || t.noAppealText}</blockquote>
    </section>
  );
}

function useFindingText(): (finding: Schema["Finding"]) => string {
  const language = useLanguage();
  return (finding) => (language === "zh" ? finding.text_zh : finding.text_en);
}

function Verdict({ onDecide, onGo }: Pick<CaseProps, "onDecide" | "onGo">) {
  const t = useText();
  const [reason, setReason] = useState("");
  const [lacks, setLacks] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const reject = () => {
    if (reason.trim() === "") {
      setLacks(true);
      place.current?.querySelector("textarea")?.focus();
      return;
    }
    onDecide(false, reason.trim());
  };
  const approve = () => onDecide(true, reason.trim());
  useKeys({ a: approve, r: reject, j: () => onGo(1), k: () => onGo(-1) });
  return (
    <div ref={place} className={`m-stack-tight ${styles["part"] ?? ""}`}>
      <Field label={t.reason} hint={t.reasonHint} fault={lacks && reason.trim() === "" ? t.reasonFault : undefined}>
        <TextArea value={reason} onChange={setReason} maxLength={200} rows={2} />
      </Field>
      <div className={styles["presets"]} role="group" aria-label={t.presets}>
        {[t.preset1, t.preset2, t.preset3, t.preset4].map((preset) => (
          <button key={preset} type="button" onClick={() => setReason(preset)}>
            {preset}
          </button>
        ))}
      </div>
      <div className="m-row">
        <Button onClick={approve}>
          {t.approve} <kbd className={styles["key"]}>A</kbd>
        </Button>
        <Button theme="danger" variant="outline" onClick={reject}>
          {t.reject} <kbd className={styles["key"]}>R</kbd>
        </Button>
      </div>
      <p className={`m-muted m-small ${styles["hint"] ?? ""}`}>{t.keys}</p>
    </div>
  );
}

/** Single keys, but not while one writes, nor over a dialog. */
function useKeys(acts: Record<string, () => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const from = event.target;
    const writes = from instanceof HTMLElement && from.closest("input:not([type=radio]), textarea, select, [contenteditable], [role=dialog]");
    if (writes || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) {
      return;
    }
    const act = acts[event.key.toLowerCase()];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
