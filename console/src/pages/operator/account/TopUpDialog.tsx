import { useState } from "react";
import { once } from "@/api/once-key";
import type { Schema } from "@/api/types";
import { useChange } from "@/api/use-api";
import { useFormat } from "@/app/format";
import { Field, TextInput } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { toast } from "@/components/toast";
import { amountOf } from "./amount";
import { useText } from "./text";

/** Credits an account. What was sent and not answered is sent again under its key, so that nothing is credited twice. */
export function TopUpDialog({ account, onClose }: { account: Schema["AccountOverview"]; onClose: () => void }) {
  const t = useText();
  const { money } = useFormat();
  const [typed, setTyped] = useState("");
  const [note, setNote] = useState("");
  const topUp = useChange("post", "/api/v1/operator/accounts/{account}/top-ups", {
    refreshes: ["/api/v1/operator/accounts/{account}", "/api/v1/operator/accounts"],
  });
  const amount = amountOf(typed);
  const fault = typed !== "" && amount === null ? t.amountFault : undefined;
  const send = async (sum: string) => {
    const about = { account: account.id, amount: sum, note: note.trim() };
    try {
      const done = await once("top-up", about, (key) =>
        topUp.mutateAsync({ path: { account: account.id }, body: { key, amount: sum, note: about.note } }),
      );
      toast(done.repeated ? t.repeated(money(done.amount)) : t.toppedUp(money(done.amount), money(done.balance)));
      onClose();
    } catch {
      // Told below, from `topUp.error`.
    }
  };
  return (
    <FormDialog
      title={t.topUpTitle(account.name)}
      act={amount === null ? t.topUp : `${t.topUp} ${money(amount)}`}
      ready={amount !== null}
      busy={topUp.isPending}
      problem={topUp.error}
      onSubmit={() => amount !== null && void send(amount)}
      onClose={onClose}
    >
      <Field label={t.amount} hint={t.amountHint} fault={fault}>
        <TextInput value={typed} onChange={setTyped} inputMode="decimal" autoComplete="off" placeholder="5000.00" autoFocusInDialog />
      </Field>
      <Field label={t.note} hint={t.noteHint} optional>
        <TextInput value={note} onChange={setNote} maxLength={200} autoComplete="off" />
      </Field>
    </FormDialog>
  );
}
