import { afterEach, describe, expect, test, vi } from "vitest";
import { ask } from "./client";
import { asProblem, Problem } from "./problem";
import { currentSession, enterSession, leaveSession } from "./session";

const SESSION = {
  user: { id: "1", login: "ann", name: "Ann", operator: false, has_totp: false },
  accounts: [],
  csrf: "token",
  ends: "2026-12-01T00:00:00Z",
};

function answers(status: number, body: unknown): { sent: Request[] } {
  const sent: Request[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    sent.push(request);
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } }));
  });
  return { sent };
}

// What fetch of Node needs: a whole address.
const ABOUT = "http://console.test/api/v1/about";

afterEach(() => {
  vi.unstubAllGlobals();
  leaveSession();
});

describe("an answer that is no success", () => {
  test.each([
    [409, { error: { code: "quota_full", message: "素材已满", quota: 10 } }, "quota_full", { quota: 10 }],
    [502, "<html>", "no_reason", {}],
    [413, null, "too_large", {}],
  ])("%d", async (status, body, code, numbers) => {
    answers(status, body);
    const problem = asProblem(await ask("get", ABOUT, {}).catch((thrown: unknown) => thrown));
    expect(problem).toMatchObject({ status, code, numbers });
  });

  test("none at all", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    const problem = asProblem(await ask("get", ABOUT, {}).catch((thrown: unknown) => thrown));
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.mayPass).toBe(true);
  });
});

test("changes carry the session's token, reads do not", async () => {
  enterSession(SESSION);
  const { sent } = answers(200, {});
  await ask("get", ABOUT, {});
  await ask("post", ABOUT, { body: {} });
  expect(sent.map((request) => request.headers.get("x-mien-csrf"))).toEqual([null, "token"]);
});

test("a session that ended stays known, so that its user can go on", async () => {
  enterSession(SESSION);
  answers(401, { error: { code: "not_signed_in", message: "" } });
  await ask("get", ABOUT, {}).catch(() => undefined);
  expect(currentSession()?.user.login).toBe("ann");
});
