import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { ask } from "@/api/client";
import { useKnownSession } from "@/api/session";
import type { Schema } from "@/api/types";
import { fill, upload } from "@/api/upload";
import { readKey, refresh } from "@/api/use-api";
import { useAccountId, useSession } from "@/app/account";
import { nameOf } from "./intake";
import { useText } from "./text";
import { UploadQueue, type Item, type Sender } from "./upload-queue";

type Material = Schema["Material"];
type Materials = Schema["Materials"];

export const MATERIALS = "/api/v1/accounts/{account}/activities/{activity}/materials";
const STALE = ["/api/v1/accounts/{account}/activities", "/api/v1/accounts/{account}/activities/{activity}", "/api/v1/accounts/{account}/overview"] as const;

/** The list as the page reads it: one order, sorted and filtered here. */
export const READ = { query: { sort: "newest" } } as const;

export function materialsKey(account: string, activity: string): readonly unknown[] {
  return readKey(MATERIALS, { path: { account, activity }, query: READ.query });
}

/** Has everything that shows materials of an activity read anew. */
export function refreshMaterials(client: QueryClient): Promise<void> {
  return refresh(client, MATERIALS, ...STALE);
}

// They outlive the page: uploads go on while its user looks at something else.
const queues = new Map<string, UploadQueue<Material>>();

/** The uploads into an activity. */
export function useUploadQueue(activity: string): { queue: UploadQueue<Material>; items: readonly Item<Material>[] } {
  const client = useQueryClient();
  const account = useAccountId();
  const { user } = useSession();
  const { expired } = useKnownSession();
  const { unnamed } = useText();
  const queue = useMemo(() => {
    const key = `${user.id}/${account}/${activity}`;
    const sender = senderTo(client, account, activity, unnamed);
    const known = queues.get(key) ?? new UploadQueue(sender);
    known.use(sender);
    queues.set(key, known);
    return known;
  }, [client, account, activity, user.id, unnamed]);
  const items = useSyncExternalStore(queue.subscribe, queue.items);
  useEffect(() => {
    if (expired) {
      queue.pause();
    } else {
      queue.resume();
    }
  }, [queue, expired]);
  const busy = items.some((item) => item.stage === "waiting" || item.stage === "sending");
  useEffect(() => {
    if (!busy) {
      return;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [busy]);
  return { queue, items };
}

function senderTo(client: QueryClient, account: string, activity: string, unnamed: string): Sender<Material> {
  const key = materialsKey(account, activity);
  const known = () => new Set(client.getQueryData<Materials>(key)?.materials.map((one) => one.id));
  return {
    send: async (file, onProgress, signal) => {
      const url = fill(MATERIALS, { account, activity }, { name: nameOf(file.name, unnamed) });
      return (await upload({ method: "POST", url, body: file, onProgress, signal })) as Material;
    },
    mark: known,
    arrived: async (file, since) => {
      const read = (await ask("get", MATERIALS, { path: { account, activity }, query: READ.query })) as Materials;
      client.setQueryData(key, read);
      const before = since as Set<string>;
      const name = nameOf(file.name, unnamed);
      return read.materials.find((one) => !before.has(one.id) && one.name === name) ?? null;
    },
    onDone: (material) => {
      client.setQueryData<Materials>(key, (before) => {
        if (before === undefined || before.materials.some((one) => one.id === material.id)) {
          return before;
        }
        return { ...before, materials: [material, ...before.materials], total: before.total + 1 };
      });
    },
    onIdle: () => void refreshMaterials(client),
  };
}
