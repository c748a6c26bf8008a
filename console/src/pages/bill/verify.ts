import { millionths, priceOf } from "@/app/exact";
import type { SignedStatement, Statement } from "./statement";

/** What tells a statement's signature from one over anything else. */
const DOMAIN = "mien statement 1\n";

/** What was checked of a statement, each right or wrong; `null` where this browser cannot check it. */
export interface Checks {
  /** The stated key signed the statement as it is. */
  signature: boolean | null;
  /** The stated key is the one that the service says is its own. */
  key: boolean;
  /** Opening, movements and orders add up to closing. */
  balance: boolean;
  /** Calls times unit price, rounded half up to the fen. */
  postpaid: boolean;
  /** The calls of the usage are as many as the log has rows. */
  calls: boolean;
}

export async function check(signed: SignedStatement, publicKey: string): Promise<Checks> {
  return {
    signature: await isSigned(signed),
    key: signed.public_key === publicKey,
    balance: addsUp(signed.statement),
    postpaid: isPriced(signed.statement),
    calls: isCounted(signed.statement),
  };
}

/** What is signed: JSON without white space, the keys of every object in order, beneath the domain's line. */
export function canonicalBytes(statement: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(DOMAIN + sorted(statement));
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(sorted).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${fields.map(([key, held]) => `${JSON.stringify(key)}:${sorted(held)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

async function isSigned({ statement, public_key, signature }: SignedStatement): Promise<boolean | null> {
  const [key, code] = [fromHex(public_key), fromHex(signature)];
  if (key?.length !== 32 || code?.length !== 64) {
    return false;
  }
  try {
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, code, canonicalBytes(statement));
  } catch {
    // Older browsers do not know Ed25519, and pages that are not from https have no WebCrypto.
    return null;
  }
}

/** What people compare: the first 16 digits of the key's SHA-256, in groups of four. */
export async function fingerprint(publicKey: string): Promise<string | null> {
  const bytes = fromHex(publicKey);
  if (bytes === null || crypto.subtle === undefined) {
    return null;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const digits = [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.match(/.{4}/g)?.join(" ") ?? null;
}

function addsUp(statement: Statement): boolean {
  const sum = (amounts: string[]) => amounts.reduce((total, amount) => total + millionths(amount), 0n);
  const paidIn = sum(statement.movements.map((movement) => movement.amount));
  const ordered = sum(statement.orders.map((order) => order.total));
  const lines = statement.orders.every((order) => sum(order.lines.map((line) => line.amount)) === millionths(order.total));
  return lines && millionths(statement.opening) + paidIn - ordered === millionths(statement.closing);
}

/** Millionths in a fen, and half of one. */
const FEN = 10_000n;

function isPriced({ postpaid, usage }: Statement): boolean {
  const used = usage.filter((one) => one.charged_to === "postpaid").reduce((sum, one) => sum + one.calls, 0);
  if (postpaid === null) {
    return used === 0;
  }
  const { calls, tier, exact, amount } = postpaid;
  const value = millionths(priceOf(calls, tier.unit_price));
  const inTier = calls >= tier.first && (tier.last === null || calls <= tier.last);
  return used === calls && inTier && millionths(exact) === value && millionths(amount) === ((value + FEN / 2n) / FEN) * FEN;
}

function isCounted({ usage, chain }: Statement): boolean {
  const counted = usage.reduce((sum, one) => sum + one.calls, 0);
  const byDay = chain.days.reduce((sum, day) => sum + day.calls, 0);
  return counted === byDay && counted === chain.last_seq - chain.first_seq + 1;
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^([0-9a-f]{2})+$/.test(text)) {
    return null;
  }
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** A file as a signed statement; `null` where it is none. */
export function readSigned(text: string): SignedStatement | null {
  try {
    const read = JSON.parse(text) as Partial<SignedStatement> | null;
    const whole = typeof read?.public_key === "string" && typeof read.signature === "string" && Array.isArray(read.statement?.usage) && Array.isArray(read.statement?.orders);
    return whole && read.statement?.format === 1 ? (read as SignedStatement) : null;
  } catch {
    return null;
  }
}
