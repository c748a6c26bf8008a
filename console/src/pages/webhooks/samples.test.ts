import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { SAMPLES } from "./samples";

/** The sample for Node.js as it stands on the page, run. */
async function sample(): Promise<(header: string, body: string, secret: string) => boolean> {
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(SAMPLES.node)}`)) as { isFromMien: (header: string, body: string, secret: string) => boolean };
  return module.isFromMien;
}

test("the sample takes what is signed so and nothing else", async () => {
  const isFromMien = await sample();
  const now = Math.floor(Date.now() / 1000);
  const sign = (time: number, body: string) => `t=${time},v1=${createHmac("sha256", "whsec_1").update(`${time}.${body}`).digest("hex")}`;
  expect(isFromMien(sign(now, "{}"), "{}", "whsec_1")).toBe(true);
  expect(isFromMien(`${sign(now, "{}").replace(",", ",v1=00,")}`, "{}", "whsec_1")).toBe(true);
  expect(isFromMien(sign(now, "{}"), "{ }", "whsec_1")).toBe(false);
  expect(isFromMien(sign(now, "{}"), "{}", "whsec_2")).toBe(false);
  expect(isFromMien(sign(now - 301, "{}"), "{}", "whsec_1")).toBe(false);
  expect(isFromMien("nonsense", "{}", "whsec_1")).toBe(false);
});
