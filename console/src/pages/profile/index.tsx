import { useState } from "react";
import { Link } from "react-router";
import { enterSession } from "@/api/session";
import { useChange } from "@/api/use-api";
import { useSession } from "@/app/account";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { Field, TextInput } from "@/components/Field";
import { Card, Page } from "@/components/Page";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { Password } from "./Password";
import { SecondFactor } from "./SecondFactor";
import { useText } from "./text";
import styles from "./profile.module.css";

const MOST_NAME = 40;

export default function ProfilePage() {
  const w = useWords();
  const t = useText();
  return (
    <Page title={w.profile} lead={t.lead}>
      <div className={styles.board}>
        <Card title={t.identity}>
          <Identity />
        </Card>
        <Card title={t.password}>
          <Password />
        </Card>
        <SecondFactor />
      </div>
    </Page>
  );
}

function Identity() {
  const w = useWords();
  const t = useText();
  const { user, accounts } = useSession();
  const [name, setName] = useState(user.name);
  const change = useChange("put", "/api/v1/session/name", {
    onDone: (session) => {
      enterSession(session);
      toast(w.saved);
    },
  });
  const ready = name.trim() !== "" && name.trim() !== user.name;
  return (
    <form
      className="m-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !change.isPending) {
          change.mutate({ body: { name: name.trim() } });
        }
      }}
    >
      <div>
        <p className="m-field-label">{t.login}</p>
        <p>
          <code>{user.login}</code>
        </p>
      </div>
      <Field label={t.name} hint={t.nameHint}>
        <TextInput value={name} onChange={setName} maxLength={MOST_NAME} autoComplete="name" />
      </Field>
      <ProblemAlert problem={change.error} />
      <div>
        <Button type="submit" disabled={!ready} loading={change.isPending}>
          {w.save}
        </Button>
      </div>
      <div>
        <p className="m-field-label">{t.accounts}</p>
        <ul className="m-plain">
          {accounts.map((account) => (
            <li key={account.id}>
              <Link to={`/accounts/${account.id}/overview`}>{account.name}</Link> <span className="m-muted m-small">{w[account.role]}</span>
            </li>
          ))}
        </ul>
      </div>
    </form>
  );
}
