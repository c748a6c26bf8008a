import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import type {
  HttpMethod,
  OperationRequestBodyContent,
  PathsWithMethod,
  RequiredKeysOf,
  SuccessResponseJSON,
} from "openapi-typescript-helpers";
import { useAccountId } from "@/app/account";
import { ask } from "./client";
import type { Problem } from "./problem";
import type { paths } from "./schema";

type Operation<P extends keyof paths, M extends HttpMethod> = M extends keyof paths[P] ? paths[P][M] : never;
type ParametersOf<O> = O extends { parameters: infer P } ? P : never;
type Given<T> = [T] extends [never] ? object : T extends object ? T : object;
type PathOf<O> = ParametersOf<O> extends { path?: infer P } ? Given<NonNullable<P>> : object;
type QueryOf<O> = ParametersOf<O> extends { query?: infer Q } ? Given<NonNullable<Q>> : object;
type HeaderOf<O> = ParametersOf<O> extends { header?: infer H } ? Given<NonNullable<H>> : object;
type Slot<Key extends string, T> = RequiredKeysOf<T & object> extends never ? { [K in Key]?: T } : { [K in Key]: T };

export type ReadPath = PathsWithMethod<paths, "get">;
/** Reads under `/accounts/{account}`. */
export type AccountReadPath = Extract<ReadPath, `/api/v1/accounts/{account}${string}`>;
/** What a read answers. */
export type Answer<P extends keyof paths, M extends HttpMethod = "get"> =
  Operation<P, M> extends Record<string | number, unknown> ? SuccessResponseJSON<Operation<P, M>> : never;
/** What a change takes as its body. */
export type Body<P extends keyof paths, M extends HttpMethod> = OperationRequestBodyContent<Operation<P, M>>;

/** Path and query of an operation; the account of a page is filled in by the hooks for it. */
export type Params<P extends keyof paths, M extends HttpMethod, Filled extends string = never> = Slot<
  "path",
  Omit<PathOf<Operation<P, M>>, Filled>
> &
  Slot<"query", QueryOf<Operation<P, M>>> &
  Slot<"header", HeaderOf<Operation<P, M>>>;

type Payload<P extends keyof paths, M extends HttpMethod> = [Body<P, M>] extends [never]
  ? { body?: never }
  : undefined extends Body<P, M>
    ? { body?: Body<P, M> }
    : { body: Body<P, M> };

/** The key of a read in the cache. Reads of one path share its beginning, so that a change can refresh them all. */
export function readKey(path: ReadPath, params?: { path?: object; query?: object }): readonly unknown[] {
  return params === undefined ? [path] : [path, params.path ?? {}, params.query ?? {}];
}

/** Has every cached answer of these paths asked for anew. */
export async function refresh(client: QueryClient, ...stale: ReadPath[]): Promise<void> {
  await Promise.all(stale.map((path) => client.invalidateQueries({ queryKey: readKey(path) })));
}

export interface ReadOptions {
  /** Read only if so. */
  enabled?: boolean;
  /** Read again after so many ms. */
  everyMs?: number;
  /** How long an answer counts as fresh. */
  freshMs?: number;
  /** Show the answer to the last parameters until the one to the new ones is here. */
  keepLast?: boolean;
}

/** Reads from the API. */
export function useRead<P extends ReadPath>(
  path: P,
  params: Params<P, "get">,
  options: ReadOptions = {},
): UseQueryResult<Answer<P>, Problem> {
  const given = params as { path?: object; query?: object };
  const result = useQuery<unknown, Problem>({
    queryKey: readKey(path, given),
    queryFn: ({ signal }) => ask("get", path, { ...given, signal }),
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.freshMs === undefined ? {} : { staleTime: options.freshMs }),
    ...(options.keepLast ? { placeholderData: keepPreviousData } : {}),
  });
  return result as UseQueryResult<Answer<P>, Problem>;
}

/** Reads of the account that the page is about. */
export function useAccountRead<P extends AccountReadPath>(
  path: P,
  params: Params<P, "get", "account">,
  options: ReadOptions = {},
): UseQueryResult<Answer<P>, Problem> {
  const account = useAccountId();
  const filled = { ...params, path: { ...(params as { path?: object }).path, account } };
  return useRead(path, filled as unknown as Params<P, "get">, options);
}

/** What a change needs, given when it is made. */
export type Change<P extends keyof paths, M extends HttpMethod, Filled extends string = never> = Params<P, M, Filled> &
  Payload<P, M>;

export interface ChangeOptions<T> {
  /** Reads that the change makes stale. */
  refreshes?: ReadPath[];
  onDone?: (answer: T) => void;
}

/** Changes something through the API. */
export function useChange<M extends Exclude<HttpMethod, "get">, P extends PathsWithMethod<paths, M>>(
  method: M,
  path: P,
  options: ChangeOptions<Answer<P, M>> = {},
): UseMutationResult<Answer<P, M>, Problem, Change<P, M>> {
  const client = useQueryClient();
  return useMutation<Answer<P, M>, Problem, Change<P, M>>({
    mutationFn: async (change) => (await ask(method, path, change)) as Answer<P, M>,
    onSuccess: async (answer) => {
      options.onDone?.(answer);
      await refresh(client, ...(options.refreshes ?? []));
    },
  });
}

/** Changes something of the account that the page is about. */
export function useAccountChange<
  M extends Exclude<HttpMethod, "get">,
  P extends Extract<PathsWithMethod<paths, M>, `/api/v1/accounts/{account}${string}`>,
>(
  method: M,
  path: P,
  options: ChangeOptions<Answer<P, M>> = {},
): UseMutationResult<Answer<P, M>, Problem, Change<P, M, "account">> {
  const account = useAccountId();
  const client = useQueryClient();
  return useMutation<Answer<P, M>, Problem, Change<P, M, "account">>({
    mutationFn: async (change) => {
      const given = change as { path?: object };
      return (await ask(method, path, { ...given, path: { ...given.path, account } })) as Answer<P, M>;
    },
    onSuccess: async (answer) => {
      options.onDone?.(answer);
      await refresh(client, ...(options.refreshes ?? []));
    },
  });
}
