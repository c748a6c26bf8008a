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

export function RenameUser({ user, onClose }: { user: Schema["UserOverview"]; onClose: () => void }) {
  const w = useWords();
  const t = useText();
  const [name, setName] = useState(user.name);
  const change = useChange("patch", "/api/v1/operator/users/{user}", {
    refreshes: ["/api/v1/operator/users"],
    onDone: () => {
      toast(w.saved);
      onClose();
    },
  });
  const ready = name.trim() !== "" && !change.isPending;
  return (
    <Modal
      open
      title={`${t.rename}: ${user.login}`}
      onClose={change.isPending ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button type="submit" form="rename-user" loading={change.isPending} disabled={!ready}>
            {w.save}
          </Button>
        </>
      }
    >
      <form
        id="rename-user"
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) {
            change.mutate({ path: { user: user.id }, body: { name: name.trim() } });
          }
        }}
      >
        <Field label={t.name}>
          <TextInput value={name} onChange={setName} autoComplete="off" autoFocusInDialog />
        </Field>
        <ProblemAlert problem={change.error} />
      </form>
    </Modal>
  );
}
