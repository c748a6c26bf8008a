import { useState } from "react";
import Button from "@/components/Button";
import { useAccountChange } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { characters } from "@/app/activity-rules";
import { useWords } from "@/app/words";
import { Field, TextArea } from "@/components/Field";
import { ErrorIcon, TimeIcon } from "@/components/icons";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { useLanguage } from "@/i18n";
import { reasonOf, saidOf } from "./faces";
import { useText } from "./text";
import { MATERIALS } from "./use-upload-queue";
import css from "./dialog.module.css";

type Material = Schema["Material"];

/** Characters of a reason at most. */
const MOST_REASON = 200;

/** Why the material cannot be used, what was said against that, and how it was decided. */
export function AppealPart({ material, mayEdit }: { material: Material; mayEdit: boolean }) {
  const t = useText();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const reason = reasonOf(material, language);
  const found = material.review.reason;
  const appealed = material.status === "appealed";
  const said = material.status === "rejected_by_machine" ? "" : saidOf(material);
  if (material.usable && reason === "") {
    return null;
  }
  return (
    <section className={css.review} data-kind={material.usable ? "good" : appealed ? "waiting" : "bad"}>
      {appealed ? <TimeIcon /> : <ErrorIcon />}
      <div className={css.reviewWords}>
        {found !== null && said !== "" && <p className="m-small">{language === "zh" ? found.text_zh : found.text_en}</p>}
        {reason !== "" && (
          <p>
            {said !== "" && <span className="m-muted">{appealed ? t.appealedReason : t.decision}{t.colon}</span>}
            {reason}
          </p>
        )}
        {material.status === "rejected_by_machine" && mayEdit && !asking && (
          <Button size="small" variant="outline" onClick={() => setAsking(true)}>
            {t.appeal}
          </Button>
        )}
        {asking && <AppealForm material={material} onDone={() => setAsking(false)} />}
      </div>
    </section>
  );
}

function AppealForm({ material, onDone }: { material: Material; onDone: () => void }) {
  const t = useText();
  const w = useWords();
  const [reason, setReason] = useState("");
  const appeal = useAccountChange("post", "/api/v1/accounts/{account}/materials/{material}/appeal", { refreshes: [MATERIALS] });
  const long = characters(reason) > MOST_REASON;
  return (
    <form
      className="m-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!long && !appeal.isPending) {
          appeal.mutate(
            { path: { material: material.id }, body: { reason: reason.trim() } },
            {
              onSuccess: () => {
                toast(t.appealSent);
                onDone();
              },
            },
          );
        }
      }}
    >
      <p className="m-small">{t.appealText}</p>
      <Field label={t.appealReason} optional fault={long ? t.appealLong(MOST_REASON) : undefined}>
        <TextArea value={reason} onChange={setReason} placeholder={t.appealPlaceholder} />
      </Field>
      <ProblemAlert problem={appeal.error} />
      <div className="m-row">
        <Button size="small" type="submit" loading={appeal.isPending} disabled={long}>
          {t.appealSend}
        </Button>
        <Button size="small" variant="text" theme="default" disabled={appeal.isPending} onClick={onDone}>
          {w.cancel}
        </Button>
      </div>
    </form>
  );
}
