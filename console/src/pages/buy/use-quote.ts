import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ask } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { Schema } from "@/api/types";
import { useAccountId } from "@/app/account";

const PAUSE_MS = 200;
export const QUOTES = "quote";

/** The price of a purchase as the server has it now; asked once its buyer pauses. */
export function useQuote(purchase: Schema["Purchase"] | null): UseQueryResult<Schema["QuoteAnswer"], Problem> & { isOld: boolean } {
  const account = useAccountId();
  const wanted = JSON.stringify(purchase);
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(wanted), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [wanted]);
  const quote = useQuery<Schema["QuoteAnswer"], Problem>({
    queryKey: [QUOTES, account, asked],
    queryFn: async ({ signal }) =>
      (await ask("post", "/api/v1/accounts/{account}/quotes", { path: { account }, body: { purchase: JSON.parse(asked) as unknown }, signal })) as Schema["QuoteAnswer"],
    enabled: asked !== "null",
    // The balance stands in it: a top-up is to be seen when its buyer comes back to the page.
    refetchOnWindowFocus: "always",
    placeholderData: keepPreviousData,
  });
  return { ...quote, isOld: wanted !== asked || quote.isPlaceholderData };
}
