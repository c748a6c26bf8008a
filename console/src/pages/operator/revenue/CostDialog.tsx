import { useState } from "react";
import { useChange, useRead } from "@/api/use-api";
import { useWords } from "@/app/words";
import { Field, TextInput } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
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
    <FormDialog
      title={t.costTitle}
      act={w.save}
      ready={fits}
      busy={put.isPending}
      problem={put.error ?? costs.error}
      onSubmit={() => put.mutate({ body: { per_million_calls: value.trim() } })}
      onClose={onClose}
    >
      <Field label={t.costLabel} hint={t.costHint} fault={typed !== null && !fits ? t.costFault : undefined}>
        <TextInput value={value} onChange={setTyped} inputMode="decimal" autoComplete="off" autoFocusInDialog />
      </Field>
    </FormDialog>
  );
}
