import type { ReactNode } from "react";
import type { Schema } from "@/api/types";
import { useAccountId } from "@/app/account";
import { useFormat } from "@/app/format";
import { pictureOf, sizeOf } from "@/app/material-state";
import { useWords } from "@/app/words";
import { DownloadIcon } from "@/components/icons";
import { useProblemWords } from "@/components/ProblemAlert";
import type { Problem } from "@/api/problem";
import type { Degrees, LiveState } from "./live";
import type { Photo } from "./photos";
import { useText } from "./text";
import { useLive } from "./use-live";
import { aroundFace } from "./view";
import { Wipe } from "./Wipe";
import css from "./tuning.module.css";

type Material = Schema["Material"];

export interface VersionProps {
  material: Material;
  photo: Photo | null;
  algorithm: Schema["AlgorithmVersion"];
  /** Whether the activity's calls use it. */
  used: boolean;
  face: number;
  degrees: Degrees;
  /** Show the face only. */
  close: boolean;
  at: number;
  onAt: (at: number) => void;
}

/** One algorithm version: its picture, live. */
export function Version(props: VersionProps) {
  const { photo } = props;
  return photo === null ? <Frame {...props} live={null} /> : <LiveVersion {...props} photo={photo} />;
}

function LiveVersion(props: VersionProps & { photo: Photo }) {
  const live = useLive(props);
  return <Frame {...props} live={live} />;
}

interface FrameProps extends VersionProps {
  live: (LiveState & { retry: () => void }) | null;
}

function Frame({ material, algorithm, used, face, close, at, onAt, live }: FrameProps) {
  const t = useText();
  const w = useWords();
  const account = useAccountId();
  const name = algorithm === "natural" ? w.natural : w.likeness;
  const { width, height } = sizeOf(material);
  const bounds = material.faces[face - 1]?.bounds;
  const view = close && bounds ? aroundFace(bounds, width, height) : { x: 0, y: 0, width, height };
  const made = live?.made ?? null;
  return (
    <section className={css.version} aria-label={name} aria-busy={live?.busy ?? false}>
      <header className={css.versionHead}>
        <h3>{name}</h3>
        {used && <span className={css.used}>{t.used}</span>}
      </header>
      <div className={css.stage}>
        <Wipe before={pictureOf(account, material)} after={made?.url ?? null} afterAlt={t.result(name)} width={width} height={height} view={view} at={at} onAt={onAt} label={t.wipe(name)} />
        {live?.busy && <span className={css.working} aria-hidden="true" />}
        {live === null && <Overlay>{t.waitsForPhoto}</Overlay>}
        {live?.problem && <Failed problem={live.problem} onRetry={live.retry} />}
      </div>
      <footer className={css.versionFoot}>
        <Measure live={live} />
        {made && (
          <a href={made.url} download={`${material.name}-${algorithm}-${made.degrees.feature}-${made.degrees.shape}.${material.review.format === "png" ? "png" : "jpg"}`}>
            <DownloadIcon /> {t.download}
          </a>
        )}
      </footer>
    </section>
  );
}

function Measure({ live }: { live: LiveState | null }) {
  const t = useText();
  const { count } = useFormat();
  if (live === null) {
    return null;
  }
  return (
    <span className={`${css.ms} m-number`} title={t.msHint}>
      {live.busy && live.made === null ? t.working : live.made ? t.ms(count(live.made.ms)) : ""}
    </span>
  );
}

function Overlay({ children }: { children: ReactNode }) {
  return <div className={css.overlay}>{children}</div>;
}

function Failed({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const t = useText();
  const { message } = useProblemWords(problem);
  return (
    <div className={css.failed} role="alert">
      <span>{message || t.failed}</span>
      {problem.mayPass && (
        <button type="button" onClick={onRetry}>
          {t.retry}
        </button>
      )}
    </div>
  );
}
