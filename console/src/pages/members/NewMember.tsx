import { useState } from "react";
import type { Role } from "@/api/types";
import { useAccountChange } from "@/api/use-api";
import { useWords } from "@/app/words";
import { Field, TextInput } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { SecretOnce } from "@/components/SecretOnce";
import { SelectInput } from "@/components/SelectInput";
import { toast } from "@/components/toast";
import { MEMBERS, ROLES } from "./api";
import { useText } from "./text";

/** Adds a user, who is created where there is none of the login; its first password is shown once. */
export function NewMember({ onClose }: { onClose: () => void }) {
  const w = useWords();
  const t = useText();
  const [draft, setDraft] = useState<{ login: string; name: string; role: Role }>({ login: "", name: "", role: "member" });
  const add = useAccountChange("post", MEMBERS, {
    refreshes: [MEMBERS],
    onDone: (added) => {
      if (added.password == null) {
        toast(t.joined(added.name));
        onClose();
      }
    },
  });
  if (add.data?.password != null) {
    const { login, password } = add.data;
    return (
      <SecretOnce title={t.addedTitle} parts={[{ label: t.login, value: login }, { label: t.password, value: password }]} fileName={`mien-${login}.txt`} onClose={onClose}>
        <p className="m-muted">{t.passwordNote}</p>
      </SecretOnce>
    );
  }
  return (
    <FormDialog
      title={t.add}
      act={t.add}
      ready={draft.login.trim() !== ""}
      busy={add.isPending}
      problem={add.error}
      onSubmit={() => add.mutate({ body: { login: draft.login.trim(), name: draft.name.trim(), role: draft.role } })}
      onClose={onClose}
    >
      <Field label={t.login} hint={t.loginHint}>
        <TextInput value={draft.login} onChange={(login) => setDraft({ ...draft, login })} autoComplete="off" spellCheck={false} required autoFocusInDialog />
      </Field>
      <Field label={t.name} hint={t.nameHint} optional>
        <TextInput value={draft.name} onChange={(name) => setDraft({ ...draft, name })} autoComplete="off" maxLength={40} />
      </Field>
      <Field label={t.role} hint={t[draft.role]}>
        <SelectInput<Role> value={draft.role} onChange={(role) => setDraft({ ...draft, role })} options={ROLES.map((role) => ({ value: role, label: w[role] }))} />
      </Field>
    </FormDialog>
  );
}
