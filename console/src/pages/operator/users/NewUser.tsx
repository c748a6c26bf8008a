import { useState } from "react";
import { useChange } from "@/api/use-api";
import { useWords } from "@/app/words";
import { Field, TextInput } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { Toggle } from "@/components/Toggle";
import type { Drawn } from "./index";
import { useText } from "./text";

/** Creates a user; the password that is drawn goes to `onDone`. */
export function NewUser({ onClose, onDone }: { onClose: () => void; onDone: (drawn: Drawn) => void }) {
  const w = useWords();
  const t = useText();
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [operator, setOperator] = useState(false);
  const create = useChange("post", "/api/v1/operator/users", {
    refreshes: ["/api/v1/operator/users"],
    onDone: (made) => onDone({ login: made.user.login, password: made.password }),
  });
  return (
    <FormDialog
      title={t.newUser}
      act={w.create}
      ready={login.trim() !== ""}
      busy={create.isPending}
      problem={create.error}
      onSubmit={() => create.mutate({ body: { login: login.trim(), name: name.trim(), operator } })}
      onClose={onClose}
    >
      <Field label={t.login} hint={t.loginHint}>
        <TextInput value={login} onChange={setLogin} autoComplete="off" spellCheck={false} autoFocusInDialog />
      </Field>
      <Field label={t.name} hint={t.nameHint} optional>
        <TextInput value={name} onChange={setName} autoComplete="off" />
      </Field>
      <Toggle label={t.isOperator} on={operator} onChange={setOperator} />
    </FormDialog>
  );
}
