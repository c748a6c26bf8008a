import { useCallback } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { ask } from "@/api/client";
import type { Schema } from "@/api/types";
import { useAccountId } from "@/app/account";
import { refreshMaterials } from "./materials/use-upload-queue";

type Material = Schema["Material"];
export type MaterialChange = Partial<Pick<Material, "name" | "feature_degree" | "shape_degree">>;

const MATERIAL = "/api/v1/accounts/{account}/materials/{material}";

/** What became of a change: it is made, or somebody else changed the same meanwhile. */
export type Changed = { material: Material } | { conflict: Material };

/** Which of the things to be changed are not any more as they were when the work on them began. */
export function clashes(before: Material, now: Material, parts: readonly (keyof Material)[]): boolean {
  return before.updated !== now.updated && parts.some((part) => before[part] !== now[part]);
}

/** Reads a material as it is now. */
export function useMaterialNow(): (id: string) => Promise<Material> {
  const account = useAccountId();
  return useCallback(async (id) => (await ask("get", MATERIAL, { path: { account, material: id } })) as Material, [account]);
}

/**
 * Changes a material unless another tab, or somebody else, changed the same since `before` was read; then the
 * caller asks its user, and changes it with `before` as it is now.
 */
export function useMaterialChange(): (before: Material, change: MaterialChange) => Promise<Changed> {
  const client = useQueryClient();
  const account = useAccountId();
  const read = useMaterialNow();
  return useCallback(
    async (before, change) => {
      const now = await read(before.id);
      if (clashes(before, now, Object.keys(change) as (keyof MaterialChange)[])) {
        return { conflict: now };
      }
      const material = (await ask("patch", MATERIAL, { path: { account, material: before.id }, body: change })) as Material;
      await refreshMaterials(client);
      return { material };
    },
    [client, account, read],
  );
}
