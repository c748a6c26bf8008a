import { useState } from "react";
import { useChange } from "@/api/use-api";
import { useSession } from "@/app/account";
import Button from "@/components/Button";
import { Field, TextInput } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { useText } from "./text";

const LEAST = 8;
const MOST = 128;
const NOTHING = { old: "", fresh: "", again: "" };

/** Another password. */
export function Password() {
  const t = useText();
  const { user } = useSession();
  const [given, setGiven] = useState(NOTHING);
  const change = useChange("put", "/api/v1/session/password", {
    onDone: () => {
      setGiven(NOTHING);
      toast(t.changed);
    },
  });
  const { old, fresh, again } = given;
  const freshFault = fresh === "" ? undefined : [...fresh].length < LEAST ? t.tooShort : fresh === user.login ? t.isLogin : undefined;
  const againFault = again !== "" && !fresh.startsWith(again) ? t.mismatch : undefined;
  const ready = old !== "" && fresh !== "" && freshFault === undefined && fresh === again;
  return (
    <form
      className="m-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !change.isPending) {
          change.mutate({ body: { old, new: fresh } });
        }
      }}
    >
      {/* Password managers look for whose password it is. */}
      <input type="text" hidden readOnly autoComplete="username" value={user.login} />
      <Field label={t.old}>
        <TextInput type="password" value={old} onChange={(text) => setGiven({ ...given, old: text })} autoComplete="current-password" maxLength={MOST} />
      </Field>
      <Field label={t.fresh} hint={t.freshHint} fault={freshFault}>
        <TextInput type="password" value={fresh} onChange={(text) => setGiven({ ...given, fresh: text })} autoComplete="new-password" maxLength={MOST} />
      </Field>
      <Field label={t.again} fault={againFault}>
        <TextInput type="password" value={again} onChange={(text) => setGiven({ ...given, again: text })} autoComplete="new-password" maxLength={MOST} />
      </Field>
      <ProblemAlert problem={change.error} />
      <p className="m-muted m-small">{t.passwordNote}</p>
      <div>
        <Button type="submit" disabled={!ready} loading={change.isPending}>
          {t.change}
        </Button>
      </div>
    </form>
  );
}
