import { useEffect } from "react";
import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation, useParams } from "react-router";
import { ask } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { currentSession, enterSession, useKnownSession } from "@/api/session";
import type { Session } from "@/api/types";
import { Account, accountContext, useSession } from "./account";
import { ForbiddenPage, LostPage, UnreachablePage } from "./ErrorPages";
import { lastAccount, rememberAccount } from "./remembered";
import { SessionDialog } from "./SessionDialog";
import { Splash } from "./Splash";

const SESSION_EVERY_MS = 5 * 60_000;

/** Lets in who is signed in. A session that ends later leaves the page as it is and asks for the password over it. */
export function SessionGate() {
  const { session, expired } = useKnownSession();
  const location = useLocation();
  const read = useQuery<Session | null, Problem>({
    queryKey: ["session"],
    queryFn: readSession,
    refetchInterval: SESSION_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  if (session === null) {
    if (read.isPending || read.data) {
      return <Splash />;
    }
    if (read.error) {
      return <UnreachablePage problem={read.error} onRetry={() => void read.refetch()} />;
    }
    const next = location.pathname + location.search;
    return <Navigate to={next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`} replace />;
  }
  return (
    <>
      <Outlet />
      {expired && <SessionDialog />}
    </>
  );
}

async function readSession(): Promise<Session | null> {
  try {
    const session = (await ask("get", "/api/v1/session", {})) as Session;
    enterSession(session);
    return session;
  } catch (thrown) {
    if (asProblem(thrown).status === 401) {
      return currentSession();
    }
    throw thrown;
  }
}

/** Pages of an account that the user is a member of. */
export function AccountGate() {
  const session = useSession();
  const { account: id } = useParams();
  const account = session.accounts.find((one) => one.id === id);
  useEffect(() => {
    if (account) {
      rememberAccount(account.id);
    }
  }, [account]);
  if (!account) {
    return <LostPage />;
  }
  return (
    // The key: nothing of one account stays on the page of another.
    <Account value={accountContext(account)} key={account.id}>
      <Outlet />
    </Account>
  );
}

/** Pages of operators. */
export function OperatorGate() {
  return useSession().user.operator ? <Outlet /> : <ForbiddenPage />;
}

/** Where somebody begins. */
export function Home() {
  const session = useSession();
  const account = lastAccount(session);
  if (session.user.operator) {
    return <Navigate to="/operator/accounts" replace />;
  }
  return <Navigate to={account === undefined ? "/profile" : `/accounts/${account}/overview`} replace />;
}
