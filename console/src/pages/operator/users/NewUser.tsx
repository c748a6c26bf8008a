import { useState } from "react";
import { useChange } from "@/api/use-api";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { Field, TextInput } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { ProblemAlert } from "@/components/ProblemAlert";
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
  const ready = login.trim() !== "" && !create.isPending;
  return (
    <Modal
      open
      title={t.newUser}
      onClose={create.isPending ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button type="submit" form="new-user" loading={create.isPending} disabled={!ready}>
            {w.create}
          </Button>
        </>
      }
    >
      <form
        id="new-user"
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) {
            create.mutate({ body: { login: login.trim(), name: name.trim(), operator } });
          }
        }}
      >
        <Field label={t.login} hint={t.loginHint}>
          <TextInput value={login} onChange={setLogin} autoComplete="off" spellCheck={false} autoFocusInDialog />
        </Field>
        <Field label={t.name} hint={t.nameHint} optional>
          <TextInput value={name} onChange={setName} autoComplete="off" />
        </Field>
        <Toggle label={t.isOperator} on={operator} onChange={setOperator} />
        <ProblemAlert problem={create.error} />
      </form>
    </Modal>
  );
}
