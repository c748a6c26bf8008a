import { useState } from "react";
import Button from "@/components/Button";
import type { Schema } from "@/api/types";
import { useAccount, useSession } from "@/app/account";
import { useWords } from "@/app/words";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { Conflict } from "../Conflict";
import { useMaterialChange, type MaterialChange } from "../material-change";
import { useText as useMaterialText } from "../materials/text";
import { setDraft, type Draft } from "./kept";
import type { Degrees } from "./live";
import { Slider } from "./Slider";
import { useText } from "./text";
import css from "./tuning.module.css";

type Material = Schema["Material"];

/** The five recommended steps: both degrees at once. */
const STEPS = [0, 25, 50, 75, 100] as const;

interface ControlsProps {
  material: Material;
  degrees: Degrees;
  draft: Draft | null;
}

/** The sliders, the steps, and saving. */
export function Controls({ material, degrees, draft }: ControlsProps) {
  const t = useText();
  const w = useWords();
  const { user } = useSession();
  const { mayEdit } = useAccount();
  const set = (next: Degrees) => setDraft(user.id, material, next);
  return (
    <div className={css.controls}>
      <Slider label={w.featureDegree} hint={t.featureHint} value={degrees.feature} saved={material.feature_degree} disabled={!mayEdit} onChange={(feature) => set({ ...degrees, feature })} />
      <Slider label={w.shapeDegree} hint={t.shapeHint} value={degrees.shape} saved={material.shape_degree} disabled={!mayEdit} onChange={(shape) => set({ ...degrees, shape })} />
      <div className={css.steps} role="group" aria-label={t.steps}>
        {STEPS.map((step) => (
          <button
            key={step}
            type="button"
            disabled={!mayEdit}
            aria-label={`${t.step(step)}: ${t[`step${step}`]}`}
            aria-pressed={degrees.feature === step && degrees.shape === step}
            onClick={() => set({ feature: step, shape: step })}
          >
            <strong className="m-number">{step}</strong>
            <span>{t[`step${step}`]}</span>
          </button>
        ))}
      </div>
      {mayEdit && <Save material={material} draft={draft} />}
    </div>
  );
}

function Save({ material, draft }: { material: Material; draft: Draft | null }) {
  const t = useText();
  const m = useMaterialText();
  const { user } = useSession();
  const change = useMaterialChange();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [conflict, setConflict] = useState<Material | null>(null);
  const save = async (before: Material, degrees: Degrees) => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await change(before, { feature_degree: degrees.feature, shape_degree: degrees.shape } satisfies MaterialChange);
      if ("conflict" in made) {
        setConflict(made.conflict);
        return;
      }
      setConflict(null);
      setDraft(user.id, made.made, null);
      toast(t.saved);
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  const revert = () => {
    setConflict(null);
    setDraft(user.id, material, null);
  };
  return (
    <div className={css.save}>
      {conflict && draft && (
        <Conflict at={conflict.updated} now={m.conflictNow(m.conflictDegrees(conflict.feature_degree, conflict.shape_degree))} busy={busy} onMine={() => void save(conflict, draft)} onTheirs={revert} />
      )}
      <ProblemAlert problem={problem} />
      <div className={css.saveLine}>
        <Button loading={busy} disabled={draft === null} onClick={() => draft && void save(draft.before, draft)}>
          {t.save}
        </Button>
        {draft !== null && (
          <Button variant="text" theme="default" disabled={busy} onClick={revert}>
            {t.revert}
          </Button>
        )}
        <span className={draft === null ? "m-small m-muted" : css.unsaved} role="status">
          {draft === null ? t.savedNow : t.unsaved}
        </span>
      </div>
      <p className="m-small m-muted">{t.savedHint}</p>
    </div>
  );
}
