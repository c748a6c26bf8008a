import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Problem } from "@/api/problem";
import { texts } from "@/i18n";
import { Empty } from "./Empty";
import { ProblemAlert } from "./ProblemAlert";
import { Skeleton } from "./Skeleton";

const useText = texts(
  { notAllowed: "您没有查看此内容的权限", askOwner: "请联系账户所有者。", lost: "找不到此内容", lostAdvice: "它可能已被删除，或者地址有误。" },
  { notAllowed: "You may not see this", askOwner: "Ask an owner of the account.", lost: "There is no such thing", lostAdvice: "It may have been deleted, or the address is wrong." },
);

interface PageStateProps<T> {
  /** What is being read. */
  of: UseQueryResult<T, Problem>;
  /** Shown while it is read; lines of text by default. Give it the size of what comes, so that nothing jumps. */
  loading?: ReactNode;
  /** Whether there is nothing, and what is shown then. */
  emptyIf?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Shows what was read, or that it is being read, or why it cannot be. */
export function PageState<T>({ of, loading, emptyIf, empty, children }: PageStateProps<T>) {
  const t = useText();
  if (of.data !== undefined) {
    // An old answer is worth more than none: the problem stands above it.
    return (
      <>
        {of.error && <ProblemAlert problem={of.error} onRetry={() => void of.refetch()} />}
        {emptyIf?.(of.data) ? empty : children(of.data)}
      </>
    );
  }
  if (of.error?.status === 404) {
    return <Empty picture="lost" title={t.lost}>{of.error.message || t.lostAdvice}</Empty>;
  }
  if (of.error?.status === 403) {
    return <Empty picture="locked" title={t.notAllowed}>{of.error.message || t.askOwner}</Empty>;
  }
  if (of.error) {
    return <ProblemAlert problem={of.error} onRetry={() => void of.refetch()} />;
  }
  return loading ?? <Skeleton lines={6} />;
}
