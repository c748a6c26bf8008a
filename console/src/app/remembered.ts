import type { Session } from "@/api/types";

const ACCOUNT = "mien.account";
const FOLDED = "mien.menu-folded";

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage nothing is remembered.
  }
}

/** The account that was looked at last, if the user may still see it; the first one otherwise. */
export function lastAccount(session: Session): string | undefined {
  const last = read(ACCOUNT);
  return session.accounts.find((account) => account.id === last)?.id ?? session.accounts[0]?.id;
}

export function rememberAccount(account: string): void {
  write(ACCOUNT, account);
}

export function wasFolded(): boolean {
  return read(FOLDED) === "yes";
}

export function rememberFold(folded: boolean): void {
  write(FOLDED, folded ? "yes" : "no");
}
