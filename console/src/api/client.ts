import createClient from "openapi-fetch";
import type { HttpMethod } from "openapi-typescript-helpers";
import { currentLanguage } from "@/i18n";
import { Problem } from "./problem";
import type { paths } from "./schema";
import { currentSession, expireSession } from "./session";

const client = createClient<paths>({ fetch: (request) => globalThis.fetch(request) });

/** The headers that every request carries. */
export function standingHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = { "accept-language": currentLanguage() };
  const csrf = currentSession()?.csrf;
  if (method !== "GET" && csrf !== undefined) {
    headers["x-mien-csrf"] = csrf;
  }
  return headers;
}

client.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(standingHeaders(request.method))) {
      request.headers.set(name, value);
    }
    return request;
  },
});

/** What an operation takes: see `Params` in `use-api.ts` for the typed face of it. */
export interface Input {
  path?: object | undefined;
  query?: object | undefined;
  /** Headers of this request, beside those that every one carries. */
  header?: object | undefined;
  body?: unknown;
  signal?: AbortSignal;
}

/** Asks the server. Throws a [Problem] for every answer that is not a success, and for no answer. */
export async function ask(method: HttpMethod, path: string, input: Input): Promise<unknown> {
  const init = {
    params: { path: input.path, query: input.query, header: input.header },
    body: input.body,
    signal: input.signal,
  };
  // The typed face of this is in `use-api.ts`; in here the path is any of them.
  const request = client.request as (method: string, path: string, init: object) => Promise<Reply>;
  let reply: Reply;
  try {
    reply = await request(method, path, init);
  } catch (thrown) {
    if (input.signal?.aborted) {
      throw thrown;
    }
    throw Problem.unreachable();
  }
  if (!reply.response.ok) {
    throw refused(reply.response.status, reply.error);
  }
  return reply.data;
}

/** A refusal as a problem; tells the session when it has ended. */
export function refused(status: number, body: unknown): Problem {
  const problem = Problem.of(status, body);
  if (status === 401 && problem.code === "not_signed_in") {
    expireSession();
  }
  return problem;
}

interface Reply {
  data?: unknown;
  error?: unknown;
  response: Response;
}
