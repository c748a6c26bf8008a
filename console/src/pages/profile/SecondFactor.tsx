import { useState } from "react";
import { useChange } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useSession } from "@/app/account";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { CopyId } from "@/components/CopyId";
import { Field, TextInput } from "@/components/Field";
import { Hint } from "@/components/Hint";
import { Modal } from "@/components/Modal";
import { Card } from "@/components/Page";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Tag } from "@/components/Tag";
import { toast } from "@/components/toast";
import { QrCode } from "./QrCode";
import { readSessionAgain } from "./session-again";
import { useText } from "./text";
import styles from "./profile.module.css";

const TOTP = "/api/v1/session/totp";
const DIGITS = 6;

/** A code of an authenticator beside the password. */
export function SecondFactor() {
  const t = useText();
  const { user } = useSession();
  const [ending, setEnding] = useState(false);
  const begin = useChange("post", TOTP);
  return (
    <Card title={t.totp} actions={user.has_totp ? <Tag kind="good">{t.totpOn}</Tag> : <Tag>{t.totpOff}</Tag>}>
      <div className="m-stack">
        <p>{t.totpWhy}</p>
        <ProblemAlert problem={begin.error} />
        {user.has_totp ? (
          <div>
            <Button variant="outline" theme="danger" onClick={() => setEnding(true)}>
              {t.totpEnd}
            </Button>
          </div>
        ) : begin.data ? (
          <SetUp begun={begin.data} />
        ) : (
          <div>
            <Button loading={begin.isPending} onClick={() => begin.mutate({})}>
              {t.totpBegin}
            </Button>
          </div>
        )}
        {(user.has_totp || begin.data) && <Hint title={t.recoverTitle}>{user.has_totp ? t.recoverOn : t.recover}</Hint>}
      </div>
      {ending && <End onClose={() => setEnding(false)} />}
    </Card>
  );
}

function SetUp({ begun }: { begun: Schema["BegunTotp"] }) {
  const t = useText();
  const [code, setCode] = useState("");
  const activate = useChange("put", TOTP, {
    onDone: () => {
      toast(t.activated);
      void readSessionAgain();
    },
  });
  const ready = /^\d{6}$/.test(code);
  return (
    <div className={styles.setUp}>
      <QrCode text={begun.uri} label={t.qr} />
      <form
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !activate.isPending) {
            activate.mutate({ body: { code } });
          }
        }}
      >
        <div>
          <p>
            <strong>{t.scan}</strong>
          </p>
          <p className="m-muted m-small">{t.scanNote}</p>
        </div>
        <div>
          <p className="m-muted m-small">{t.byHand}</p>
          <CopyId id={begun.secret} />
        </div>
        <Field label={t.enter}>
          <TextInput value={code} onChange={(text) => setCode(text.replace(/\D/g, "").slice(0, DIGITS))} inputMode="numeric" autoComplete="one-time-code" maxLength={DIGITS} mono />
        </Field>
        <ProblemAlert problem={activate.error} />
        <div>
          <Button type="submit" disabled={!ready} loading={activate.isPending}>
            {t.activate}
          </Button>
        </div>
      </form>
    </div>
  );
}

function End({ onClose }: { onClose: () => void }) {
  const w = useWords();
  const t = useText();
  const [password, setPassword] = useState("");
  const end = useChange("delete", TOTP, {
    onDone: () => {
      toast(t.ended);
      void readSessionAgain();
      onClose();
    },
  });
  const submit = () => {
    if (password !== "" && !end.isPending) {
      end.mutate({ body: { password } });
    }
  };
  return (
    <Modal
      open
      title={t.endTitle}
      onClose={end.isPending ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" disabled={end.isPending} onClick={onClose}>
            {w.cancel}
          </Button>
          <Button theme="danger" disabled={password === ""} loading={end.isPending} onClick={submit}>
            {t.totpEnd}
          </Button>
        </>
      }
    >
      <form
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p>{t.endNote}</p>
        <Field label={t.password}>
          <TextInput type="password" value={password} onChange={setPassword} autoComplete="current-password" autoFocusInDialog />
        </Field>
        <ProblemAlert problem={end.error} />
      </form>
    </Modal>
  );
}
