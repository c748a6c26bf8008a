import { useState } from "react";
import { useAccountChange } from "@/api/use-api";
import { Field, TextInput } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { SecretOnce } from "@/components/SecretOnce";
import { WEBHOOKS } from "./api";
import { useText } from "./text";

const MOST_URL = 500;

/** Adds an address and shows the secret of its signatures, once. */
export function NewWebhook({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [url, setUrl] = useState("");
  const [tried, setTried] = useState(false);
  const add = useAccountChange("post", WEBHOOKS, { refreshes: [WEBHOOKS] });
  if (add.data) {
    return (
      <SecretOnce title={t.addedTitle} parts={[{ label: "Secret", value: add.data.secret }]} fileName={`mien-webhook-${add.data.id}.txt`} onClose={onClose}>
        <p className="m-muted">{t.secretNote}</p>
      </SecretOnce>
    );
  }
  const fits = /^https?:\/\/[^\s/]+/.test(url.trim());
  const submit = () => {
    setTried(true);
    if (fits) {
      add.mutate({ body: { url: url.trim() } });
    }
  };
  return (
    <FormDialog
      title={t.add}
      act={t.add}
      busy={add.isPending}
      problem={add.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t.url} hint={t.urlHint} fault={tried && !fits ? t.urlFault : undefined}>
        <TextInput value={url} onChange={setUrl} inputMode="url" maxLength={MOST_URL} placeholder="https://example.org/mien" spellCheck={false} autoComplete="off" autoFocusInDialog mono />
      </Field>
    </FormDialog>
  );
}
