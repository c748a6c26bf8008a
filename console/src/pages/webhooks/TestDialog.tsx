import { useEffect, useRef } from "react";
import type { Schema } from "@/api/types";
import { useAccountChange } from "@/api/use-api";
import { useFormat } from "@/app/format";
import Button from "@/components/Button";
import { Hint } from "@/components/Hint";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Skeleton } from "@/components/Skeleton";
import { TEST } from "./api";
import { useFaultWords } from "./fault-words";
import { useText } from "./text";
import styles from "./webhooks.module.css";

/** Posts a letter and tells what came of it. */
export function TestDialog({ webhook, onClose }: { webhook: Schema["Webhook"]; onClose: () => void }) {
  const t = useText();
  const { count } = useFormat();
  const fault = useFaultWords();
  const test = useAccountChange("post", TEST);
  const { mutate } = test;
  const sent = useRef(false);
  useEffect(() => {
    if (!sent.current) {
      sent.current = true;
      mutate({ path: { webhook: webhook.id } });
    }
  }, [mutate, webhook.id]);
  const result = test.data;
  return (
    <Modal
      open
      title={t.testTitle}
      onClose={onClose}
      footer={
        <Button variant="outline" theme="default" loading={test.isPending} onClick={() => mutate({ path: { webhook: webhook.id } })}>
          {t.again}
        </Button>
      }
    >
      <p>
        <code>{webhook.url}</code>
      </p>
      <div aria-live="polite" className="m-stack">
        {test.isPending && (
          <>
            <p className="m-muted">{t.testing}</p>
            <Skeleton lines={2} />
          </>
        )}
        {result && !test.isPending && (
          <>
            {result.delivered ? <Hint kind="good" title={t.delivered(result.status ?? 0, count(result.took_ms))} /> : <Hint kind="warning" title={t.notDelivered}>{result.error !== null ? fault(result.error) : (result.status === null ? t.noAnswer : `${t.status} ${result.status}`)}</Hint>}
            {result.answer !== null && result.answer !== "" && (
              <div>
                <p className="m-muted m-small">{t.answer}</p>
                <pre className={styles.code}>{result.answer}</pre>
              </div>
            )}
          </>
        )}
      </div>
      <ProblemAlert problem={test.error} />
    </Modal>
  );
}
