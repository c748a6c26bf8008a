import { useEffect } from "react";

/** Names the browser's tab; pages with a `Page` have it already. */
export function useTabTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · mien`;
  }, [title]);
}
