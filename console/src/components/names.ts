import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useLanguage } from "@/i18n";

const ACTIVITIES = "/api/v1/accounts/{account}/activities";
const CATALOGUE = "/api/v1/accounts/{account}/catalogue";
const LONG_MS = 5 * 60_000;

/** What activities are called; those that are gone by their id. */
export function useActivityName(): (id: string) => string {
  const activities = useAccountRead(ACTIVITIES, {}, { freshMs: LONG_MS });
  return (id) => activities.data?.activities.find((one) => one.id === id)?.name ?? id;
}

/** What is for sale. */
export function useCatalogue() {
  return useAccountRead(CATALOGUE, {}, { freshMs: LONG_MS });
}

/** What packages are called; those that are sold no more by their id. */
export function usePackageName(): (id: string) => string {
  const language = useLanguage();
  const catalogue = useCatalogue();
  return (id) => {
    const found = catalogue.data?.licences.find((one: Schema["Package"]) => one.id === id);
    return found === undefined ? id : found.name[language];
  };
}
