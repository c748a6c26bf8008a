import { createContext, useContext } from "react";
import type { About } from "@/api/types";

export const AboutContext = createContext<About | null>(null);

/** What the server says of itself: version, zone of the books, demo logins. `null` until it has said so. */
export function useAbout(): About | null {
  return useContext(AboutContext);
}
