import { useCallback } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { ask } from "@/api/client";
import { changeFrom, ifMatch, type Changed } from "@/api/version";
import type { Schema } from "@/api/types";
import { useAccountId } from "@/app/account";
import { refreshMaterials } from "./materials/use-upload-queue";

type Material = Schema["Material"];
export type MaterialChange = Partial<Pick<Material, "name" | "feature_degree" | "shape_degree">>;

const MATERIAL = "/api/v1/accounts/{account}/materials/{material}";

/** Reads a material as it is now. */
export function useMaterialNow(): (id: string) => Promise<Material> {
  const account = useAccountId();
  return useCallback(async (id) => (await ask("get", MATERIAL, { path: { account, material: id } })) as Material, [account]);
}

/**
 * Changes a material unless another tab, or somebody else, changed the same since `before` was read; then the
 * caller asks its user, and changes it with `before` as it is now.
 */
export function useMaterialChange(): (before: Material, change: MaterialChange) => Promise<Changed<Material>> {
  const client = useQueryClient();
  const account = useAccountId();
  return useCallback(
    async (before, change) => {
      const path = { account, material: before.id };
      const parts = Object.keys(change) as (keyof MaterialChange)[];
      const made = await changeFrom(before, parts, async (version) => (await ask("patch", MATERIAL, { path, body: change, header: ifMatch(version) })) as Material);
      await refreshMaterials(client);
      return made;
    },
    [client, account],
  );
}
