import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import Button from "@/components/Button";
import { useKnownSession } from "@/api/session";
import type { Session } from "@/api/types";
import { useAbout } from "@/app/about";
import { LoginForm, signIn } from "@/app/LoginForm";
import { Mark } from "@/app/Mark";
import { OfflineBanner } from "@/app/OfflineBanner";
import { LanguageMenu, ThemeMenu } from "@/app/Switches";
import { ProblemAlert } from "@/components/ProblemAlert";
import { useTabTitle } from "@/components/use-tab-title";
import { Faces } from "./Faces";
import { useText } from "./text";
import "./login.css";

export default function LoginPage() {
  const t = useText();
  const about = useAbout();
  const { session } = useKnownSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [params] = useSearchParams();
  useTabTitle(t.title);
  const next = localPath(params.get("next"));
  const enter = (entered: Session) => {
    client.setQueryData(["session"], entered);
    void navigate(next, { replace: true });
  };
  if (session !== null) {
    return <Navigate to={next} replace />;
  }
  return (
    <div className="m-login">
      <OfflineBanner />
      <aside className="m-login-side" aria-hidden="true">
        <Faces />
      </aside>
      <div className="m-login-main">
        <header className="m-login-bar">
          <span className="m-home">
            <Mark />
            <span>mien</span>
          </span>
          <span className="m-row">
            <LanguageMenu />
            <ThemeMenu />
          </span>
        </header>
        <main className="m-login-box">
          <div>
            <h1>{t.title}</h1>
            <p className="m-muted">{t.lead}</p>
          </div>
          {about?.first_operator_needed && about.demo === null && (
            <div className="m-login-note">
              <p>{t.firstOperator}</p>
              <code>mien user create LOGIN --operator</code>
            </div>
          )}
          <LoginForm onDone={enter} />
          {about?.demo && <DemoLogins logins={about.demo.logins} onDone={enter} />}
        </main>
        <footer className="m-login-foot m-small m-muted">
          {about?.contact && <span>{t.contact(about.contact)}</span>}
          {about && <span>mien {about.version}</span>}
        </footer>
      </div>
    </div>
  );
}

interface DemoLogin {
  login: string;
  password: string;
  name: string;
  operator: boolean;
}

function DemoLogins({ logins, onDone }: { logins: DemoLogin[]; onDone: (session: Session) => void }) {
  const t = useText();
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const enter = async (one: DemoLogin) => {
    setBusy(one.login);
    setProblem(null);
    try {
      onDone(await signIn({ login: one.login, password: one.password }));
    } catch (thrown) {
      setProblem(thrown);
      setBusy(null);
    }
  };
  return (
    <section className="m-login-demo" aria-label={t.demo}>
      <p className="m-small m-muted">{t.demo}</p>
      <div className="m-row">
        {logins.map((one) => (
          <Button key={one.login} variant="outline" loading={busy === one.login} disabled={busy !== null} onClick={() => void enter(one)}>
            {t.as(one.name, one.operator)}
          </Button>
        ))}
      </div>
      <ProblemAlert problem={problem} />
    </section>
  );
}

/** Only a path of this console: an address in `next` must not lead elsewhere. */
function localPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}
