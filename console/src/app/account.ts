import { createContext, useContext } from "react";
import { useParams } from "react-router";
import type { Role, Session, SessionAccount } from "@/api/types";
import { useKnownSession } from "@/api/session";

/** The account that a page is about, with what its user may do there. */
export interface AccountContext {
  id: string;
  name: string;
  state: SessionAccount["state"];
  role: Role;
  /** May change activities, materials, campaign pages. */
  mayEdit: boolean;
  /** May order, and manage keys, webhooks, members. */
  mayOwn: boolean;
}

export const Account = createContext<AccountContext | null>(null);

export function accountContext(account: SessionAccount): AccountContext {
  return { ...account, mayEdit: account.role !== "viewer", mayOwn: account.role === "owner" };
}

/** The account of this page. Only for pages under `/accounts/:account`. */
export function useAccount(): AccountContext {
  const account = useContext(Account);
  if (account === null) {
    throw new Error("useAccount is for pages of an account");
  }
  return account;
}

export function useAccountId(): string {
  return useAccount().id;
}

/** Path of a page of the account of this page, for `<Link to>`: `toPage("activities")`. */
export function useToPage(): (page: string) => string {
  const { account } = useParams();
  return (page) => `/accounts/${account ?? ""}/${page}`;
}

/** Who is signed in. Only for pages behind the login. */
export function useSession(): Session {
  const { session } = useKnownSession();
  if (session === null) {
    throw new Error("useSession is for pages behind the login");
  }
  return session;
}
