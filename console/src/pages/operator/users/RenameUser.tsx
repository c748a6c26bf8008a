import { useState } from "react";
import type { Schema } from "@/api/types";
import { useChange } from "@/api/use-api";
import { useWords } from "@/app/words";
import { Field, TextInput } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
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
  return (
    <FormDialog
      title={`${t.rename}: ${user.login}`}
      act={w.save}
      ready={name.trim() !== ""}
      busy={change.isPending}
      problem={change.error}
      onSubmit={() => change.mutate({ path: { user: user.id }, body: { name: name.trim() } })}
      onClose={onClose}
    >
      <Field label={t.name}>
        <TextInput value={name} onChange={setName} autoComplete="off" autoFocusInDialog />
      </Field>
    </FormDialog>
  );
}
