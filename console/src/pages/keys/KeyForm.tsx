import { useState } from "react";
import type { Schema } from "@/api/types";
import { useAccountChange, useAccountRead } from "@/api/use-api";
import { useWords } from "@/app/words";
import { Field, TextInput } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { SecretOnce } from "@/components/SecretOnce";
import { SelectInput } from "@/components/SelectInput";
import { toast } from "@/components/toast";
import { KEY, KEYS } from "./api";
import { useText } from "./text";

const MOST_LABEL = 40;
const OVERVIEW = "/api/v1/accounts/{account}/overview";

interface Draft {
  label: string;
  pays: string | null;
}

/** Creates a key and shows its secret, once. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const w = useWords();
  const t = useText();
  const [draft, setDraft] = useState<Draft>({ label: "", pays: null });
  const create = useAccountChange("post", KEYS, { refreshes: [KEYS, OVERVIEW] });
  if (create.data) {
    const { secret_id, secret_key } = create.data;
    return <SecretOnce title={t.createdTitle} parts={[{ label: "SecretId", value: secret_id }, { label: "SecretKey", value: secret_key }]} fileName={`${secret_id}.txt`} onClose={onClose} />;
  }
  return <KeyDialog title={t.newTitle} act={w.create} draft={draft} setDraft={setDraft} busy={create.isPending} problem={create.error} onSubmit={() => create.mutate({ body: draft })} onClose={onClose} />;
}

/** Another label, another activity that pays. */
export function EditKey({ of: key, onClose }: { of: Schema["Key"]; onClose: () => void }) {
  const w = useWords();
  const t = useText();
  const [draft, setDraft] = useState<Draft>({ label: key.label, pays: key.pays });
  const change = useAccountChange("patch", KEY, {
    refreshes: [KEYS],
    onDone: () => {
      toast(w.saved);
      onClose();
    },
  });
  return <KeyDialog title={t.editTitle} act={w.save} draft={draft} setDraft={setDraft} busy={change.isPending} problem={change.error} onSubmit={() => change.mutate({ path: { secret_id: key.secret_id }, body: draft })} onClose={onClose} />;
}

interface KeyDialogProps {
  title: string;
  act: string;
  draft: Draft;
  setDraft: (draft: Draft) => void;
  busy: boolean;
  problem: unknown;
  onSubmit: () => void;
  onClose: () => void;
}

const NOBODY = "";

function KeyDialog({ title, act, draft, setDraft, busy, problem, onSubmit, onClose }: KeyDialogProps) {
  const t = useText();
  const activities = useAccountRead("/api/v1/accounts/{account}/activities", {});
  const options = (activities.data?.activities ?? []).map((one) => ({ value: one.id, label: `${one.name} (${one.id})${one.licensed_until === null ? ` · ${t.unlicensed}` : ""}` }));
  return (
    <FormDialog
      title={title}
      act={act}
      busy={busy}
      problem={problem}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <Field label={t.label} hint={t.labelHint} optional>
        <TextInput value={draft.label} maxLength={MOST_LABEL} onChange={(label) => setDraft({ ...draft, label })} autoFocusInDialog />
      </Field>
      <Field label={t.pays} hint={t.paysHint} optional>
        <SelectInput value={draft.pays ?? NOBODY} onChange={(pays) => setDraft({ ...draft, pays: pays === NOBODY ? null : pays })} options={[{ value: NOBODY, label: t.paysNone }, ...options]} />
      </Field>
    </FormDialog>
  );
}
