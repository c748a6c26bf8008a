import { useInfiniteQuery } from "@tanstack/react-query";
import { ask } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { Answer, ReadPath } from "@/api/use-api";

/** Reads a list page by page: `pages` in their order, and how the next one is had. */
export function usePages<P extends ReadPath>(path: P, query: Record<string, string | number | undefined>) {
  return useInfiniteQuery<Answer<P>, Problem, { pages: Answer<P>[] }, readonly unknown[], string | undefined>({
    // It begins with the path, so that changes refresh it like any read.
    queryKey: [path, "pages", query],
    queryFn: async ({ pageParam, signal }) =>
      (await ask("get", path, { query: { ...query, after: pageParam }, signal })) as Answer<P>,
    initialPageParam: undefined,
    getNextPageParam: (last) => (last as { next?: string | null }).next ?? undefined,
  });
}
