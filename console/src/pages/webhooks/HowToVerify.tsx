import { useState } from "react";
import { Choice } from "@/components/Choice";
import { Card } from "@/components/Page";
import { SAMPLES, type Sample } from "./samples";
import { useText } from "./text";
import styles from "./webhooks.module.css";

/** How a receiver knows that a letter is ours, with code to take. */
export function HowToVerify() {
  const t = useText();
  const [language, setLanguage] = useState<Sample>("node");
  return (
    <Card title={t.howTitle} actions={<Choice<Sample> label={t.language} value={language} options={[{ value: "node", label: "Node.js" }, { value: "python", label: "Python" }, { value: "go", label: "Go" }]} onChange={setLanguage} />}>
      <div className="m-stack">
        <p className="m-muted">{t.how}</p>
        {/* What scrolls must be reachable by the keyboard. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre className={styles.code} tabIndex={0}>
          {SAMPLES[language]}
        </pre>
      </div>
    </Card>
  );
}
