import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { SignedStatement, Statement } from "./statement";
import { canonicalBytes, check, fingerprint, readSigned } from "./verify";

const statement: Statement = {
  format: 1,
  account: "100001",
  account_name: "灯笼 \"Ltd\"\n",
  month: "2026-11",
  zone: "Asia/Shanghai",
  issued: "2026-12-01T00:00:00Z",
  complete: true,
  catalogue: "2027-01",
  activities: [{ id: "300100", name: "春节" }],
  opening: "100.00",
  closing: "5100.00",
  movements: [{ at: "2026-11-02T00:00:00Z", kind: "top_up", amount: "10000.00" }],
  orders: [{ id: "1", paid: "2026-11-03T00:00:00Z", lines: [{ line: "pack", pack: "p", calls: 1, ends: "2027-11-03T00:00:00Z", amount: "5000.00" }], total: "5000.00" }],
  grants: [],
  usage: [
    { activity: "300100", charged_to: "grant:1", outcome: "fused", calls: 499_999 },
    { activity: "300100", charged_to: "postpaid", outcome: "fused", calls: 5_000_001 },
  ],
  postpaid: { calls: 5_000_001, tier: { first: 5_000_001, last: null, unit_price: "0.005" }, exact: "25000.005", amount: "25000.01" },
  chain: { first_seq: 11, last_seq: 5_500_010, before: "00", head: "01", days: [{ day: "2026-11-04", calls: 5_500_000 }] },
};

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const key = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("hex");
const signed = (of: Statement): SignedStatement => ({
  statement: of,
  public_key: key,
  signature: sign(null, canonicalBytes(of), privateKey).toString("hex"),
});
const all = { signature: true, key: true, balance: true, postpaid: true, calls: true };

describe("a statement", () => {
  test("that is right passes every check, in whatever order its fields are", async () => {
    expect(await check(signed(statement), key)).toEqual(all);
    const turned = Object.fromEntries(Object.entries(statement).reverse()) as unknown as Statement;
    expect(await check({ ...signed(statement), statement: turned }, key)).toEqual(all);
  });

  test.each<[string, Partial<Statement>, object]>([
    ["whose closing balance was changed", { closing: "5100.01" }, { balance: false }],
    ["whose order was dropped", { orders: [] }, { balance: false }],
    ["that rounds down", { postpaid: { ...statement.postpaid!, amount: "25000.00" } }, { postpaid: false }],
    ["of another tier", { postpaid: { ...statement.postpaid!, tier: { first: 1, last: 1_000_000, unit_price: "0.005" } } }, { postpaid: false }],
    ["without its bill", { postpaid: null }, { postpaid: false }],
    ["with fewer calls than rows", { usage: statement.usage.slice(1) }, { calls: false }],
  ])("%s does not", async (_, change, wrong) => {
    expect(await check(signed({ ...statement, ...change }), key)).toEqual({ ...all, ...wrong });
    // Changed behind the signature it is that which does not hold.
    expect(await check({ ...signed(statement), statement: { ...statement, ...change } }, key)).toEqual({ ...all, ...wrong, signature: false });
  });

  test("of a foreign key is told", async () => {
    expect(await check(signed(statement), "00".repeat(32))).toEqual({ ...all, key: false });
    expect((await check({ ...signed(statement), public_key: "xyz" }, key)).signature).toBe(false);
  });
});

test("what is signed is written as mien writes it", () => {
  const text = new TextDecoder().decode(canonicalBytes({ b: [1, null, true], a: { z: "面\u2028\u0001\"\\", y: 0 } }));
  expect(text).toBe('mien statement 1\n{"a":{"y":0,"z":"面\u2028\\u0001\\"\\\\"},"b":[1,null,true]}');
});

test("fingerprints are as people compare them", async () => {
  expect(await fingerprint("00".repeat(32))).toBe("6668 7aad f862 bd77");
  expect(await fingerprint("no key")).toBeNull();
});

test("files that are no statement are none", () => {
  expect(readSigned(JSON.stringify(signed(statement)))?.public_key).toBe(key);
  for (const text of ["", "null", "[]", "{}", '{"statement":{"format":2,"usage":[],"orders":[]},"public_key":"","signature":""}']) {
    expect(readSigned(text)).toBeNull();
  }
});
