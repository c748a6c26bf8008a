import type { Problem } from "./problem";

/** How often a change is made anew upon what others changed meanwhile, where they changed something else. */
const MOST_TRIES = 5;

/** The header of a change that is made only if nothing was changed since `version`; `null` if there is nothing yet. */
export function ifMatch(version: string | null): Record<string, string> & { "If-Match"?: string } {
  return version === null ? { "If-None-Match": "*" } : { "If-Match": `"${version}"` };
}

/** How a thing is now, where a change was refused because somebody else changed it meanwhile. */
export function currentOf<T>(problem: unknown): T | undefined {
  const { code, numbers } = (problem ?? {}) as Partial<Problem>;
  return code === "changed_meanwhile" ? (numbers?.["current"] as T | undefined) : undefined;
}

/** What became of a change: it is made, or somebody else changed the same meanwhile. */
export type Changed<T> = { made: T } | { conflict: T };

/** Whether some of these parts are not any more as they were when the work on them began. */
export function clashes<T>(before: T, now: T, parts: readonly (keyof T)[]): boolean {
  return parts.some((part) => before[part] !== now[part]);
}

/** Makes a change through `send`, unless somebody else changed the same parts since `before` was read. */
export async function changeFrom<T extends { version: string }>(
  before: T,
  parts: readonly (keyof T)[],
  send: (version: string) => Promise<T>,
): Promise<Changed<T>> {
  let version = before.version;
  for (let tries = 1; ; tries += 1) {
    try {
      return { made: await send(version) };
    } catch (problem) {
      const now = currentOf<T>(problem);
      if (now === undefined || tries === MOST_TRIES) {
        throw problem;
      }
      if (clashes(before, now, parts)) {
        return { conflict: now };
      }
      // Something else of it was changed: both changes hold.
      version = now.version;
    }
  }
}
