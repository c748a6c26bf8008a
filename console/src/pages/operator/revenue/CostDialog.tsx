import { useState } from "react";
import { useChange, useRead } from "@/api/use-api";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { Field, TextInput } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { useText } from "./text";

const COSTS = "/api/v1/operator/costs";

/** Sets what a million calls cost the operator. */
export function CostDialog({ onClose }: { onClose: () => void }) {
  const w = useWords();
  const t = useText();
  const costs = useRead(COSTS, {});
  const [typed, setTyped] = useState<string | null>(null);
  const put = useChange("put", COSTS, {
    refreshes: [COSTS, "/api/v1/operator/revenue"],
    onDone: () => {
      toast(w.saved);
      onClose();
    },
  });
  const value = typed ?? costs.data?.per_million_calls ?? "";
  const fits = /^\d{1,9}(\.\d{1,2})?$/.test(value.trim());
  return (
    <Modal
      open
      title={t.costTitle}
      onClose={put.isPending ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button type="submit" form="cost" loading={put.isPending} disabled={!fits}>
            {w.save}
          </Button>
        </>
      }
    >
      <form
        id="cost"
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (fits && !put.isPending) {
            put.mutate({ body: { per_million_calls: value.trim() } });
          }
        }}
      >
        <Field label={t.costLabel} hint={t.costHint} fault={typed !== null && !fits ? t.costFault : undefined}>
          <TextInput value={value} onChange={setTyped} inputMode="decimal" autoComplete="off" autoFocusInDialog />
        </Field>
        <ProblemAlert problem={put.error ?? costs.error} />
      </form>
    </Modal>
  );
}
