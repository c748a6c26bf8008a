import { useState } from "react";
import { useSearchParams } from "react-router";
import Button from "@/components/Button";
import { useAccountChange, useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useAccount } from "@/app/account";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { useConfirm } from "@/components/Confirm";
import { Empty } from "@/components/Empty";
import { TextInput } from "@/components/Field";
import { AddIcon } from "@/components/icons";
import { Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Segments } from "@/components/Segments";
import { Skeleton } from "@/components/Skeleton";
import { toast } from "@/components/toast";
import { ActivityCard } from "./ActivityCard";
import { CreateActivity } from "./CreateActivity";
import { ALL, find, isAll, type Sought } from "./find";
import { useText } from "./text";
import css from "./activities.module.css";

const ACTIVITIES = "/api/v1/accounts/{account}/activities";
const OVERVIEW = "/api/v1/accounts/{account}/overview";

type Activity = Schema["Activity"];

export default function ActivitiesPage() {
  const w = useWords();
  const t = useText();
  const { mayEdit } = useAccount();
  const [params, setParams] = useSearchParams();
  const activities = useAccountRead(ACTIVITIES, {});
  const [sought, setSought] = useState<Sought>(ALL);
  const creating = mayEdit && params.has("new");
  const create = () => setParams({ new: "" });
  const button = mayEdit && (
    <Button icon={<AddIcon />} onClick={create}>
      {t.create}
    </Button>
  );
  return (
    <Page title={w.activities} lead={t.lead} actions={button}>
      <PageState
        of={activities}
        loading={<Loading />}
        emptyIf={(read) => read.activities.length === 0}
        empty={
          <div className={css.none}>
            <Empty picture="portrait" title={t.none} actions={button || undefined}>
              {mayEdit ? t.noneAdvice : t.noneViewer}
            </Empty>
          </div>
        }
      >
        {(read) => (
          <>
            <Filters sought={sought} onSeek={setSought} />
            <Found activities={read.activities} sought={sought} onClear={() => setSought(ALL)} />
          </>
        )}
      </PageState>
      {creating && <CreateActivity onClose={() => setParams({})} />}
    </Page>
  );
}

function Filters({ sought, onSeek }: { sought: Sought; onSeek: (sought: Sought) => void }) {
  const t = useText();
  const w = useWords();
  return (
    <div className={css.filters} role="search">
      <div className={css.search}>
        <TextInput type="search" label={t.search} placeholder={t.search} value={sought.words} onChange={(words) => onSeek({ ...sought, words })} />
      </div>
      <Segments
        label={t.algorithm}
        value={sought.algorithm}
        onChange={(algorithm) => onSeek({ ...sought, algorithm })}
        choices={[
          { value: "all", label: w.all },
          { value: "natural", label: w.natural },
          { value: "likeness", label: w.likeness },
        ]}
      />
      <Segments
        label={t.licence}
        value={sought.licence}
        onChange={(licence) => onSeek({ ...sought, licence })}
        choices={[
          { value: "all", label: w.all },
          { value: "licensed", label: t.licensed },
          { value: "unlicensed", label: t.unlicensed },
        ]}
      />
    </div>
  );
}

function Found({ activities, sought, onClear }: { activities: Activity[]; sought: Sought; onClear: () => void }) {
  const t = useText();
  const w = useWords();
  const confirm = useConfirm();
  const { count } = useFormat();
  const remove = useAccountChange("delete", `${ACTIVITIES}/{activity}`, { refreshes: [ACTIVITIES, OVERVIEW] });
  const found = find(activities, sought);
  const ask = (activity: Activity) =>
    confirm({
      title: t.deleteTitle(activity.name),
      children: t.deleteText(activity.materials, count(activity.free_left)),
      act: w.delete,
      danger: true,
      typed: activity.name.trim(),
      onConfirm: async () => {
        await remove.mutateAsync({ path: { activity: activity.id } });
        toast(w.deleted);
      },
    });
  if (found.length === 0) {
    return (
      <Empty
        title={t.nothingFound}
        actions={
          !isAll(sought) && (
            <Button variant="outline" onClick={onClear}>
              {t.clear}
            </Button>
          )
        }
      />
    );
  }
  return (
    <ul className={`m-plain ${css.cards}`}>
      {found.map((activity) => (
        <ActivityCard key={activity.id} activity={activity} onDelete={ask} />
      ))}
    </ul>
  );
}

function Loading() {
  return (
    <div className={css.cards} aria-hidden="true">
      {[0, 1, 2].map((one) => (
        <div key={one} className={css.card}>
          <Skeleton height={340} />
        </div>
      ))}
    </div>
  );
}
