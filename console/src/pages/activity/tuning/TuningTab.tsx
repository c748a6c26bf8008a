import { useEffect, useMemo, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useAccount, useSession, useToPage } from "@/app/account";
import { useWords } from "@/app/words";
import { Empty } from "@/components/Empty";
import { InfoIcon } from "@/components/icons";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Segments } from "@/components/Segments";
import { Skeleton } from "@/components/Skeleton";
import { MATERIALS, READ } from "../materials/use-upload-queue";
import { Controls } from "./Controls";
import { useKept } from "./kept";
import { Photos } from "./Photos";
import { Picker } from "./Picker";
import { useText } from "./text";
import { Version } from "./Version";
import css from "./tuning.module.css";

type Activity = Schema["Activity"];
type Material = Schema["Material"];
type Algorithm = Schema["AlgorithmVersion"];

/** Tries materials with photos, both algorithm versions side by side, and saves their degrees. */
export function TuningTab({ activity }: { activity: Activity }) {
  const t = useText();
  const toPage = useToPage();
  const materials = useAccountRead(MATERIALS, { path: { activity: activity.id }, ...READ });
  return (
    <PageState of={materials} loading={<Loading />}>
      {(read) => {
        const usable = read.materials.filter((one) => one.usable);
        return usable.length === 0 ? (
          <Card>
            <Empty picture="portrait" title={t.none} actions={<Link to={toPage(`activities/${activity.id}/materials`)}>{t.toMaterials}</Link>}>
              {t.noneAdvice}
            </Empty>
          </Card>
        ) : (
          <Studio activity={activity} materials={usable} />
        );
      }}
    </PageState>
  );
}

function Studio({ activity, materials }: { activity: Activity; materials: Material[] }) {
  const t = useText();
  const { mayEdit } = useAccount();
  const { user } = useSession();
  const [params, setParams] = useSearchParams();
  const { photos, chosen, drafts } = useKept(user.id);
  const board = useShownOnPhones(chosen);
  const material = materials.find((one) => one.id === params.get("material")) ?? materials[0];
  const unsaved = useMemo(() => new Set(drafts.keys()), [drafts]);
  useWarning(materials.some((one) => unsaved.has(one.id)));
  if (material === undefined) {
    return null;
  }
  const photo = photos.find((one) => one.id === chosen) ?? null;
  const draft = drafts.get(material.id) ?? null;
  const degrees = draft ?? { feature: material.feature_degree, shape: material.shape_degree };
  return (
    <div className={css.studio}>
      <p className={css.free}>
        <InfoIcon />
        <span>{mayEdit ? t.free : t.viewer}</span>
      </p>
      <Picker materials={materials} chosen={material.id} unsaved={unsaved} onChoose={(id) => setParams({ material: id }, { replace: true })} />
      <div ref={board} className={css.boardPlace}>
        <Board key={material.id} activity={activity} material={material} photo={mayEdit ? photo : null} degrees={degrees} />
      </div>
      <aside className={css.side}>
        <Photos disabled={!mayEdit} />
        <Controls key={material.id} material={material} degrees={degrees} draft={draft} />
      </aside>
    </div>
  );
}

/** Brings the pictures into view when another photo is taken: on phones they lie below it. */
function useShownOnPhones(photo: number | null) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(photo);
  useEffect(() => {
    if (photo !== null && photo !== before.current && window.matchMedia("(max-width: 767px)").matches) {
      place.current?.scrollIntoView({ block: "start", behavior: "smooth" });
    }
    before.current = photo;
  }, [photo]);
  return place;
}

type Shown = Algorithm | "both";

interface BoardProps {
  activity: Activity;
  material: Material;
  photo: Parameters<typeof Version>[0]["photo"];
  degrees: Parameters<typeof Version>[0]["degrees"];
}

function Board({ activity, material, photo, degrees }: BoardProps) {
  const t = useText();
  const w = useWords();
  const [shown, setShown] = useState<Shown>("both");
  const [range, setRange] = useState<"whole" | "face">("whole");
  const [face, setFace] = useState(1);
  const [at, setAt] = useState(0);
  const versions = (["natural", "likeness"] as const).filter((one) => shown === "both" || shown === one);
  return (
    <div className={css.board}>
      <div className={css.boardHead}>
        <Segments
          label={t.view}
          value={shown}
          onChange={setShown}
          choices={[
            { value: "both", label: t.both },
            { value: "natural", label: w.natural },
            { value: "likeness", label: w.likeness },
          ]}
        />
        <Segments
          label={t.zoom}
          value={range}
          onChange={setRange}
          choices={[
            { value: "whole", label: t.whole },
            { value: "face", label: t.faceView },
          ]}
        />
        {material.faces.length > 1 && (
          <Segments
            label={t.faceOf}
            value={String(face)}
            onChange={(number) => setFace(Number(number))}
            choices={material.faces.map((_, index) => ({ value: String(index + 1), label: t.face(index + 1) }))}
          />
        )}
      </div>
      <div className={css.versions} data-one={shown !== "both" || undefined}>
        {versions.map((algorithm) => (
          <Version
            key={algorithm}
            material={material}
            photo={photo}
            algorithm={algorithm}
            used={activity.algorithm === algorithm}
            face={face}
            degrees={degrees}
            close={range === "face"}
            at={at}
            onAt={setAt}
          />
        ))}
      </div>
      <p className="m-small m-muted">{photo === null ? t.photosEmpty : t.wipeHint}</p>
    </div>
  );
}

/** Asks before a page with unsaved degrees is closed. */
function useWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) {
      return;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}

function Loading() {
  return (
    <div className={css.studio}>
      <Skeleton height={96} />
      <Skeleton height={480} />
    </div>
  );
}
