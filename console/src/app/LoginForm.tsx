import { useEffect, useRef, useState } from "react";
import Button from "@/components/Button";
import { ask } from "@/api/client";
import { asProblem } from "@/api/problem";
import { enterSession } from "@/api/session";
import type { Session } from "@/api/types";
import { Field, TextInput } from "@/components/Field";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useCountdown } from "@/components/use-countdown";
import { texts } from "@/i18n";

const useText = texts(
  {
    login: "用户名",
    password: "密码",
    code: "动态验证码",
    codeHint: "请输入验证器应用中的 6 位数字",
    signIn: "登录",
    next: "验证并登录",
    back: "返回",
    wait: (s: number) => `${s} 秒后可重试`,
  },
  {
    login: "Login",
    password: "Password",
    code: "Verification code",
    codeHint: "The 6 digits in your authenticator app",
    signIn: "Sign in",
    next: "Verify and sign in",
    back: "Back",
    wait: (s: number) => `Wait ${s} s`,
  },
);

interface LoginFormProps {
  /** Who signs in again: the name is fixed. */
  login?: string;
  onDone: (session: Session) => void;
}

/** Login and password, then the code of those who have a second factor. */
export function LoginForm({ login: fixed, onDone }: LoginFormProps) {
  const t = useText();
  const [login, setLogin] = useState(fixed ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [thrown, setThrown] = useState<unknown>(null);
  const problem = thrown === null ? null : asProblem(thrown);
  const left = useCountdown(problem?.retryAfterS, problem);
  const submit = async () => {
    setBusy(true);
    setThrown(null);
    try {
      const session = await signIn({ login: login.trim(), password, ...(code ? { code: code.trim() } : {}) });
      onDone(session);
    } catch (fault) {
      if (asProblem(fault).code === "code_needed") {
        setCode("");
      } else {
        setThrown(fault);
      }
      setBusy(false);
      return;
    }
  };
  const form = useRef<HTMLFormElement>(null);
  const asksCode = code !== null;
  useEffect(() => {
    if (asksCode) {
      form.current?.querySelector("input")?.focus();
    }
  }, [asksCode]);
  const incomplete = code === null ? login.trim() === "" || password === "" : code.trim().length < 6;
  return (
    <form
      ref={form}
      className="m-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && !incomplete && left === 0) {
          void submit();
        }
      }}
    >
      {code === null ? (
        <>
          {fixed === undefined && (
            <Field label={t.login}>
              <TextInput value={login} onChange={setLogin} autoComplete="username" spellCheck={false} required />
            </Field>
          )}
          <Field label={t.password}>
            <TextInput type="password" value={password} onChange={setPassword} autoComplete="current-password" required autoFocusInDialog />
          </Field>
        </>
      ) : (
        <Field label={t.code} hint={t.codeHint}>
          <TextInput key="code" value={code} onChange={setCode} autoComplete="one-time-code" inputMode="numeric" maxLength={8} required mono />
        </Field>
      )}
      <ProblemAlert problem={thrown} />
      <Button type="submit" size="large" block loading={busy} disabled={left > 0}>
        {left > 0 ? t.wait(left) : code === null ? t.signIn : t.next}
      </Button>
      {code !== null && (
        <Button variant="text" theme="default" onClick={() => setCode(null)}>
          {t.back}
        </Button>
      )}
    </form>
  );
}

/** Signs in; the session is known to the client from then on. */
export async function signIn(body: { login: string; password: string; code?: string }): Promise<Session> {
  const session = (await ask("post", "/api/v1/session", { body })) as Session;
  enterSession(session);
  return session;
}
