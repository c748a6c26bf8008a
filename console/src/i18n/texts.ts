import type { ReactNode } from "react";
import { currentLanguage, useLanguage, type Language } from "./language";

/** A text, or a function that makes one of what varies. */
export type Message = string | ((...given: never[]) => ReactNode);

type Same<T> = {
  [K in keyof T]: T[K] extends (...given: infer G) => infer R
    ? (...given: G) => R extends string ? string : R
    : string;
};

/** A hook that gives texts in the language in use; `.now()` gives them outside of components. */
export interface UseTexts<T> {
  (): Same<T>;
  now: (language?: Language) => Same<T>;
}

/**
 * The texts of a page in both languages: `export const useText = texts({ title: "概览" }, { title: "Overview" })`.
 * A key that one of them lacks does not compile.
 */
export function texts<T extends Record<string, Message>>(zh: T, en: NoInfer<Same<T>>): UseTexts<T> {
  const both: Record<Language, Same<T>> = { zh: zh as unknown as Same<T>, en };
  const useTexts = () => both[useLanguage()];
  return Object.assign(useTexts, { now: (language: Language = currentLanguage()) => both[language] });
}
