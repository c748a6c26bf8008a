import { useState } from "react";
import Button from "@/components/Button";
import type { Schema } from "@/api/types";
import { characters } from "@/app/activity-rules";
import { useWords } from "@/app/words";
import { Field, TextInput } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { Conflict } from "../Conflict";
import { useMaterialChange } from "../material-change";
import { MOST_NAME } from "./intake";
import { useText } from "./text";
import css from "./dialog.module.css";

type Material = Schema["Material"];

/** The name, which can be written over. */
export function Rename({ material, disabled }: { material: Material; disabled: boolean }) {
  const t = useText();
  const w = useWords();
  const change = useMaterialChange();
  // How it was when its user began to write: what changes meanwhile is a conflict.
  const [draft, setDraft] = useState<{ name: string; before: Material } | null>(null);
  const [conflict, setConflict] = useState<Material | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const name = draft?.name ?? material.name;
  const long = characters(name) > MOST_NAME;
  const differs = draft !== null && name.trim() !== "" && name.trim() !== draft.before.name;
  const save = async (before: Material) => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await change(before, { name: name.trim() });
      if ("conflict" in made) {
        setConflict(made.conflict);
      } else {
        setConflict(null);
        setDraft(null);
        toast(w.saved);
      }
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={css.rename}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft && differs && !long) {
          void save(draft.before);
        }
      }}
    >
      <div className={css.renameLine}>
        <Field label={t.name} fault={long ? t.nameLong : undefined}>
          <TextInput value={name} disabled={disabled || busy} autoComplete="off" onChange={(next) => setDraft({ name: next, before: draft?.before ?? material })} />
        </Field>
        {differs && (
          <Button type="submit" loading={busy} disabled={long}>
            {w.save}
          </Button>
        )}
      </div>
      {conflict && (
        <Conflict
          at={conflict.updated}
          now={t.conflictNow(t.conflictName(conflict.name))}
          busy={busy}
          onMine={() => void save(conflict)}
          onTheirs={() => {
            setConflict(null);
            setDraft(null);
          }}
        />
      )}
      <ProblemAlert problem={problem} />
    </form>
  );
}
