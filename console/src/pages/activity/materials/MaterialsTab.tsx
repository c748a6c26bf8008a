import { useCallback, useMemo, useState } from "react";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useAccount } from "@/app/account";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { Empty } from "@/components/Empty";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Segments } from "@/components/Segments";
import { Skeleton } from "@/components/Skeleton";
import { BatchBar } from "./BatchBar";
import { DropZone } from "./DropZone";
import { examine } from "./intake";
import { MaterialCard } from "./MaterialCard";
import { MaterialDialog } from "./MaterialDialog";
import { QueuePanel } from "./QueuePanel";
import { arranged, counts, type Order, type Shown } from "./sort";
import { useText } from "./text";
import { MATERIALS, READ, useUploadQueue } from "./use-upload-queue";
import { useFrozen, WindowNotice } from "./WindowNotice";
import css from "./materials.module.css";

type Activity = Schema["Activity"];
type Material = Schema["Material"];

const EVERY_MS = 30_000;

/** The materials of an activity: looking through them, adding, changing, deleting. */
export function MaterialsTab({ activity }: { activity: Activity }) {
  const t = useText();
  const { mayEdit } = useAccount();
  const materials = useAccountRead(MATERIALS, { path: { activity: activity.id }, ...READ }, { everyMs: EVERY_MS });
  return (
    <div className={css.tab}>
      <WindowNotice activity={activity} />
      {!mayEdit && <p className={css.window}>{t.viewer}</p>}
      <PageState of={materials} loading={<Loading />}>
        {(read) => (
          <>
            <Intake activity={activity} materials={read.total} quota={read.quota} />
            <Board activity={activity} materials={read.materials} />
          </>
        )}
      </PageState>
    </div>
  );
}

/** The quota, and the way for new materials. */
function Intake({ activity, materials, quota }: { activity: Activity; materials: number; quota: number }) {
  const t = useText();
  const { count } = useFormat();
  const { mayEdit } = useAccount();
  const { queue, items } = useUploadQueue(activity.id);
  const frozen = useFrozen(activity);
  const [reading, setReading] = useState(0);
  const room = Math.max(0, quota - materials);
  const take = async (files: File[]) => {
    setReading((now) => now + files.length);
    try {
      queue.add(await examine(files, room - queue.underWay));
    } finally {
      setReading((now) => now - files.length);
    }
  };
  const full = activity.licensed_until === null ? t.fullUnlicensed : t.full;
  return (
    <>
      <div className={css.quota}>
        <div className={css.apart}>
          <strong className="m-number">{t.quota(count(materials), count(quota))}</strong>
          <span className="m-small m-muted">{frozen ? null : room === 0 ? full : t.roomLeft(count(room))}</span>
        </div>
        <div className={css.bar} data-full={room === 0 || undefined} aria-hidden="true">
          <span style={{ inlineSize: `${quota > 0 ? Math.min(1, materials / quota) * 100 : 0}%` }} />
        </div>
      </div>
      {mayEdit && !frozen && (room > 0 || items.length > 0) && (
        <DropZone onFiles={(files) => void take(files)} reading={reading} small={materials > 0 || items.length > 0} write={count} />
      )}
      <QueuePanel queue={queue} items={items} />
    </>
  );
}

function Board({ activity, materials }: { activity: Activity; materials: Material[] }) {
  const t = useText();
  const { mayEdit } = useAccount();
  const frozen = useFrozen(activity);
  const [shown, setShown] = useState<Shown>("all");
  const [order, setOrder] = useState<Order>("newest");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<string | null>(null);
  const sums = useMemo(() => counts(materials), [materials]);
  const list = useMemo(() => arranged(materials, shown, order), [materials, shown, order]);
  // What is gone meanwhile, or not shown, is not selected.
  const selected = useMemo(() => new Set(list.map((one) => one.id).filter((id) => chosen.has(id))), [list, chosen]);
  const toggle = useCallback((id: string) => {
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) {
        next.add(id);
      }
      return next;
    });
  }, []);
  const opened = materials.find((one) => one.id === open);
  if (materials.length === 0) {
    return (
      <Card>
        <Empty picture="portrait" title={t.none}>
          {t.noneAdvice}
        </Empty>
      </Card>
    );
  }
  return (
    <>
      <Filters shown={shown} onShow={setShown} order={order} onOrder={setOrder} sums={sums} />
      <BatchBar list={list} selected={selected} onSelect={setChosen} mayDelete={mayEdit && !frozen} frozen={frozen} />
      {list.length === 0 ? (
        <Empty small title={t.noneOf} />
      ) : (
        <ul className={`m-plain ${css.grid}`}>
          {list.map((material) => (
            <MaterialCard key={material.id} material={material} selected={selected.has(material.id)} selectable onSelect={toggle} onOpen={setOpen} />
          ))}
        </ul>
      )}
      {opened && <MaterialDialog key={opened.id} material={opened} activity={activity} frozen={frozen} onClose={() => setOpen(null)} />}
    </>
  );
}

interface FiltersProps {
  shown: Shown;
  onShow: (shown: Shown) => void;
  order: Order;
  onOrder: (order: Order) => void;
  sums: Record<Shown, number>;
}

function Filters({ shown, onShow, order, onOrder, sums }: FiltersProps) {
  const t = useText();
  const w = useWords();
  return (
    <div className={css.filters}>
      <Segments
        label={t.filter}
        value={shown}
        onChange={onShow}
        choices={[
          { value: "all", label: w.all, count: sums.all },
          { value: "usable", label: t.usable, count: sums.usable },
          { value: "waiting", label: t.waitingState, count: sums.waiting },
          { value: "refused", label: t.refused, count: sums.refused },
        ]}
      />
      <Segments
        label={t.sort}
        value={order}
        onChange={onOrder}
        choices={[
          { value: "newest", label: t.newest },
          { value: "oldest", label: t.oldest },
          { value: "name", label: t.byName },
        ]}
      />
    </div>
  );
}

function Loading() {
  return (
    <>
      <Skeleton height={44} />
      <Skeleton height={84} />
      <div className={css.grid}>
        {[0, 1, 2, 3, 4].map((one) => (
          <Skeleton key={one} height={270} />
        ))}
      </div>
    </>
  );
}
