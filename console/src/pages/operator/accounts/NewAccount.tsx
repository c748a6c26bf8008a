import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { useChange } from "@/api/use-api";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { Field, TextInput } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
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
  const ready = name.trim() !== "" && !create.isPending;
  return (
    <Modal
      open
      title={t.newAccount}
      onClose={create.isPending ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button type="submit" form="new-account" loading={create.isPending} disabled={!ready}>
            {w.create}
          </Button>
        </>
      }
    >
      <form
        id="new-account"
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) {
            create.mutate({ body: { name: name.trim() } });
          }
        }}
      >
        <Field label={t.name} hint={t.nameHint}>
          <TextInput value={name} onChange={setName} maxLength={40} autoComplete="off" autoFocusInDialog />
        </Field>
        <ProblemAlert problem={create.error} />
      </form>
    </Modal>
  );
}
