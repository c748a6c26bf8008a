import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { useChange } from "@/api/use-api";
import { useWords } from "@/app/words";
import { Field, TextInput } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { toast } from "@/components/toast";
import { useText } from "./text";

/** Asks for the name of an account, opens it and goes there. */
export function NewAccount({ onClose }: { onClose: () => void }) {
  const w = useWords();
  const t = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const create = useChange("post", "/api/v1/operator/accounts", {
    refreshes: ["/api/v1/operator/accounts"],
    onDone: (account) => {
      // Operators are owners everywhere: the session's list of accounts has one more.
      void client.invalidateQueries({ queryKey: ["session"] });
      toast(t.created_(account.name));
      void navigate(`/operator/accounts/${account.id}`);
    },
  });
  return (
    <FormDialog
      title={t.newAccount}
      act={w.create}
      ready={name.trim() !== ""}
      busy={create.isPending}
      problem={create.error}
      onSubmit={() => create.mutate({ body: { name: name.trim() } })}
      onClose={onClose}
    >
      <Field label={t.name} hint={t.nameHint}>
        <TextInput value={name} onChange={setName} maxLength={40} autoComplete="off" autoFocusInDialog />
      </Field>
    </FormDialog>
  );
}
