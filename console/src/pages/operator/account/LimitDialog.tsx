import { useState } from "react";
import type { Schema } from "@/api/types";
import { useChange } from "@/api/use-api";
import { useWords } from "@/app/words";
import { Field, TextInput } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { toast } from "@/components/toast";
import { useText } from "./text";

const ACCOUNT = "/api/v1/operator/accounts/{account}";

/** Sets how many activities an account may create. */
export function LimitDialog({ account, onClose }: { account: Schema["AccountOverview"]; onClose: () => void }) {
  const w = useWords();
  const t = useText();
  const [limit, setLimit] = useState(String(account.activity_limit));
  const change = useChange("patch", ACCOUNT, {
    refreshes: [ACCOUNT, "/api/v1/operator/accounts"],
    onDone: () => {
      toast(w.saved);
      onClose();
    },
  });
  const given = limit.trim();
  const fits = /^\d{0,6}$/.test(given);
  return (
    <FormDialog
      title={t.limitTitle}
      act={w.save}
      ready={fits}
      busy={change.isPending}
      problem={change.error}
      onSubmit={() => change.mutate({ path: { account: account.id }, body: { activity_limit: given === "" ? null : Number(given) } })}
      onClose={onClose}
    >
      <Field label={t.limit} hint={t.limitHint} fault={fits ? undefined : t.limitFault}>
        <TextInput value={limit} onChange={setLimit} inputMode="numeric" autoComplete="off" autoFocusInDialog />
      </Field>
    </FormDialog>
  );
}
