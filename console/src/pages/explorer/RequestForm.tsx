import { useState } from "react";
import type { Schema } from "@/api/types";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { Field, TextArea } from "@/components/Field";
import { InfoIcon, PlayIcon } from "@/components/icons";
import { Picker } from "./Picker";
import { ACTIONS, type Version } from "./presets";
import { useText } from "./text";
import type { Draft, Photo } from "./use-draft";
import styles from "./explorer.module.css";

/** Bytes of a photo that fit into 5 MB of base64. */
const MOST_BYTES = 3_500_000;

interface RequestFormProps {
  draft: Draft;
  keys: Schema["Key"][];
  activities: Schema["Activity"][];
  busy: boolean;
  mayCall: boolean;
  onSend: () => void;
}

export function RequestForm({ draft, keys, activities, busy, mayCall, onSend }: RequestFormProps) {
  const w = useWords();
  const t = useText();
  const fault = draft.valid ? undefined : draft.fault ? t.bodyFault(draft.fault) : t.bodyNotObject;
  const ready = mayCall && draft.valid && !draft.lacksPhoto && !busy;
  const ofMaterial = draft.action === "FuseFace" || draft.action === "FaceFusion";
  return (
    <form
      className="m-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) {
          onSend();
        }
      }}
    >
      <div className={styles["pickers"]}>
        <Picker label={t.key} value={draft.secretId} onChange={draft.setSecretId} options={keys.map((key) => [key.secret_id, key.label ? `${key.label} (${key.secret_id.slice(0, 12)}…)` : key.secret_id])} />
        <Picker label={t.version} value={draft.version} onChange={(next) => draft.setVersion(next as Version)} options={Object.keys(ACTIONS).map((version) => [version, version])} />
        <Picker label={t.action} value={draft.action} onChange={draft.setAction} options={ACTIONS[draft.version].map((action) => [action, action])} />
        <Picker label={t.language} value={draft.language} onChange={(next) => draft.setLanguage(next as Schema["ExplorerLanguage"])} options={[["zh-CN", t.chinese], ["en-US", t.english]]} />
        {draft.action !== "FuseFaceUltra" && (
          <Picker
            label={w.activity}
            value={draft.activity}
            onChange={draft.setActivity}
            options={activities.length === 0 ? [["", t.noActivity]] : activities.map((one) => [one.id, `${one.name} (${one.id})`])}
          />
        )}
        {ofMaterial && (
          <Picker
            label={w.material}
            value={draft.material}
            onChange={draft.setMaterial}
            options={draft.materials.length === 0 ? [["", t.noMaterial]] : draft.materials.map((one) => [one.id, `${one.name} (${one.id})`])}
          />
        )}
      </div>
      {draft.action !== "DescribeMaterialList" && <PhotoField photo={draft.photo} onChange={draft.setPhoto} />}
      <Field label={t.body} fault={fault}>
        <TextArea value={draft.body} onChange={draft.setBody} rows={12} mono />
      </Field>
      <div className="m-row">
        <Button size="small" variant="outline" theme="default" disabled={!draft.isWritten} onClick={() => draft.setBody(null)}>
          {t.reset}
        </Button>
        <Button size="small" variant="outline" theme="default" disabled={!draft.valid} onClick={() => draft.setBody(JSON.stringify(JSON.parse(draft.body), null, 2))}>
          {t.tidy}
        </Button>
      </div>
      <p className={styles["counts"]}>
        <InfoIcon aria-hidden="true" /> {mayCall ? t.counts : t.viewerOnly}
      </p>
      {draft.lacksPhoto && <p className="m-muted m-small">{t.photoMissing}</p>}
      <div>
        <Button type="submit" size="large" icon={<PlayIcon />} loading={busy} disabled={!ready}>
          {t.send}
        </Button>
      </div>
    </form>
  );
}

function PhotoField({ photo, onChange }: { photo: Photo | null; onChange: (photo: Photo | null) => void }) {
  const t = useText();
  const { bytes } = useFormat();
  const [fault, setFault] = useState<string | undefined>(undefined);
  const choose = async (file: File | undefined) => {
    if (!file) {
      return;
    }
    if (!/^image\/(jpeg|png)$/.test(file.type)) {
      setFault(t.photoNotPicture);
      return;
    }
    if (file.size > MOST_BYTES) {
      setFault(t.photoTooLarge);
      return;
    }
    setFault(undefined);
    onChange({ name: file.name, bytes: file.size, base64: await base64Of(file) });
  };
  return (
    <Field label={t.photo} hint={photo ? t.chosen(photo.name, bytes(photo.bytes)) : t.photoHint} fault={fault}>
      <span className={styles["file"]}>
        <span aria-hidden="true">{photo ? t.photoOther : t.photoChoose}</span>
        {photo && <span className="m-muted">{photo.name}</span>}
        <input type="file" accept="image/jpeg,image/png" aria-label={t.photo} onChange={(event) => void choose(event.target.files?.[0])} />
      </span>
    </Field>
  );
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^data:[^,]*,/, ""));
    reader.onerror = () => reject(reader.error ?? new Error(file.name));
    reader.readAsDataURL(file);
  });
}
