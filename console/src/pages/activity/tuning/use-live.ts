import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Schema } from "@/api/types";
import { fill, uploadForPicture } from "@/api/upload";
import { useAccountId } from "@/app/account";
import { Live, type Degrees, type LiveState } from "./live";
import type { Photo } from "./photos";

interface Trial {
  material: Schema["Material"];
  photo: Photo;
  algorithm: Schema["AlgorithmVersion"];
  /** Number of the material's face, from 1. */
  face: number;
  degrees: Degrees;
}

const TRIAL = "/api/v1/accounts/{account}/materials/{material}/trial";

/** The fusion of a photo into a material by one version, made anew as the degrees change. */
export function useLive({ material, photo, algorithm, face, degrees }: Trial): LiveState & { retry: () => void } {
  const account = useAccountId();
  const { id, picture } = material;
  const live = useMemo(
    () =>
      new Live(({ feature, shape }, signal) => {
        const query = { algorithm, feature_degree: feature, shape_degree: shape, face };
        const url = fill(TRIAL, { account, material: id }, query);
        return uploadForPicture({ method: "POST", url, body: photo.blob, signal });
      }),
    // Another picture of the material has other results.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [account, id, picture, photo, algorithm, face],
  );
  const state = useSyncExternalStore(live.subscribe, live.state);
  const { feature, shape } = degrees;
  useEffect(() => live.want({ feature, shape }), [live, feature, shape]);
  useEffect(() => () => live.forget(), [live]);
  return { ...state, retry: () => live.retry({ feature, shape }) };
}
