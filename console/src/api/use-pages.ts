import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useAccountId } from "@/app/account";
import { ask } from "./client";
import type { Problem } from "./problem";
import type { AccountReadPath, Answer } from "./use-api";

/** Reads of an account that come in pages. */
export type PagedPath = {
  [P in AccountReadPath]: Answer<P> extends { next: string | null } ? P : Answer<P> extends { next?: string | null } ? P : never;
}[AccountReadPath];

/** All pages of a list that were asked for, each as it came. */
export interface Pages<P extends PagedPath> {
  pages: Answer<P>[] | undefined;
  error: Problem | null;
  /** Asks for the next page, where there is one. */
  more: (() => void) | undefined;
  isMoreLoading: boolean;
  refetch: () => void;
}

/** Reads a list of the account page by page. */
export function useAccountPages<P extends PagedPath>(path: P, limit = 50, filter: Record<string, string | undefined> = {}, enabled = true): Pages<P> {
  const account = useAccountId();
  const query = useInfiniteQuery<unknown, Problem, { pages: unknown[] }, readonly unknown[], string | undefined>({
    // The beginning is that of all reads of the path, so that changes refresh it too.
    queryKey: [path, { account }, { pages: limit, ...filter }],
    enabled,
    // What was found by the filter before stays until the next is here.
    placeholderData: keepPreviousData,
    queryFn: ({ signal, pageParam }) =>
      ask("get", path, { path: { account }, query: { limit, ...filter, ...(pageParam === undefined ? {} : { after: pageParam }) }, signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => (last as { next: string | null }).next ?? undefined,
  });
  return {
    pages: query.data?.pages as Answer<P>[] | undefined,
    error: query.error,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    isMoreLoading: query.isFetchingNextPage,
    refetch: () => void query.refetch(),
  };
}
