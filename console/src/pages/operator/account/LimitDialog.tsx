import { useState } from "react";
import type { Schema } from "@/api/types";
import { useChange } from "@/api/use-api";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { Field, TextInput } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
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
    <Modal
      open
      title={t.limitTitle}
      onClose={change.isPending ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button type="submit" form="limit" loading={change.isPending} disabled={!fits}>
            {w.save}
          </Button>
        </>
      }
    >
      <form
        id="limit"
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (fits && !change.isPending) {
            change.mutate({ path: { account: account.id }, body: { activity_limit: given === "" ? null : Number(given) } });
          }
        }}
      >
        <Field label={t.limit} hint={t.limitHint} fault={fits ? undefined : t.limitFault}>
          <TextInput value={limit} onChange={setLimit} inputMode="numeric" autoComplete="off" autoFocusInDialog />
        </Field>
        <ProblemAlert problem={change.error} />
      </form>
    </Modal>
  );
}
