import { useId, useState } from "react";
import { Card } from "@/components/Page";
import { CopyText } from "./CopyText";
import { snippets } from "./snippets";
import { useText } from "./text";
import type { Draft } from "./use-draft";
import styles from "./explorer.module.css";

/** The call as programs. */
export function CodePanel({ draft }: { draft: Draft }) {
  const t = useText();
  const name = useId();
  const [chosen, setChosen] = useState("python");
  const written = snippets({
    version: draft.version,
    action: draft.action,
    body: draft.valid ? draft.body : "{}",
    secretId: draft.secretId,
    endpoint: window.location.host,
    secure: window.location.protocol === "https:",
  });
  const shown = written.find((one) => one.key === chosen);
  return (
    <Card title={t.code}>
      <div className="m-stack">
        <p className="m-muted">{t.codeLead}</p>
        <fieldset className={styles["views"]}>
          <legend className="m-hidden">{t.code}</legend>
          {written.map((one) => (
            <label key={one.key}>
              <input type="radio" name={name} checked={one.key === chosen} onChange={() => setChosen(one.key)} />
              <span>{one.name}</span>
            </label>
          ))}
        </fieldset>
        {shown?.install && (
          <p>
            <span className="m-muted">{t.install}</span> <code>{shown.install}</code>
          </p>
        )}
        {shown && <CopyText title={shown.name} text={shown.code} />}
      </div>
    </Card>
  );
}
