import { useState } from "react";
import { useNavigate } from "react-router";
import Button from "@/components/Button";
import { useAccountChange, useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useAccount, useToPage } from "@/app/account";
import { characters, isName, MOST_DETAILS_CHARACTERS, MOST_NAME_CHARACTERS } from "@/app/activity-rules";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { AlgorithmChoice, QuotaChoice } from "@/components/ActivityChoices";
import { useConfirm } from "@/components/Confirm";
import { Field, TextArea, TextInput } from "@/components/Field";
import { LockIcon } from "@/components/icons";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Skeleton } from "@/components/Skeleton";
import { toast } from "@/components/toast";
import { Conflict } from "../Conflict";
import { changed, without, type Settings } from "./changed";
import { useText } from "./text";
import { ACTIVITIES, ACTIVITY, useSave } from "./use-save";
import css from "./settings.module.css";

type Activity = Schema["Activity"];

const OVERVIEW = "/api/v1/accounts/{account}/overview";

/** Name, details, algorithm version, quota, and the end of the activity. */
export function SettingsTab({ activity }: { activity: Activity }) {
  const { mayEdit } = useAccount();
  return (
    <div className={css.tab}>
      <Edit activity={activity} />
      {mayEdit && <Delete activity={activity} />}
    </div>
  );
}

function Edit({ activity }: { activity: Activity }) {
  const t = useText();
  const w = useWords();
  const { mayEdit } = useAccount();
  const { lastDayBefore } = useFormat();
  const catalogue = useAccountRead("/api/v1/accounts/{account}/catalogue", {});
  const { save, busy, problem, conflict, endConflict } = useSave();
  // Only what was touched here: what another tab changes meanwhile stays as it is there.
  const [touched, setTouched] = useState<Partial<Settings>>({});
  // How it was when its user began: what changes of the same meanwhile is a conflict.
  const [before, setBefore] = useState<Activity | null>(null);
  const shown: Settings = { ...activity, ...touched };
  const change = changed(activity, touched);
  const until = activity.licensed_until;
  const locked = until !== null ? t.locked(lastDayBefore(until)) : mayEdit ? undefined : t.viewer;
  const nameFault = characters(shown.name) > MOST_NAME_CHARACTERS ? t.nameLong(MOST_NAME_CHARACTERS) : isName(shown.name) ? undefined : t.nameEmpty;
  const detailsFault = characters(shown.details) > MOST_DETAILS_CHARACTERS ? t.detailsLong(MOST_DETAILS_CHARACTERS) : undefined;
  const touch = (part: Partial<Settings>) => {
    setBefore(before ?? activity);
    setTouched({ ...touched, ...part });
  };
  const discard = () => {
    setBefore(null);
    setTouched({});
    endConflict();
  };
  const send = async (from: Activity) => {
    if (change === null || nameFault || detailsFault || busy) {
      return;
    }
    const saved = await save(from, change);
    if (saved === "saved") {
      discard();
      toast(w.saved);
    } else if (saved !== "conflict" && saved.code === "locked_by_licence") {
      // Bought in another tab: what is locked goes back to what holds, the rest waits to be saved.
      setTouched(without(touched, "algorithm", "quota"));
    }
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    void send(before ?? activity);
  };
  return (
    <form onSubmit={submit}>
      <Card title={t.basics}>
        <div className={`m-form ${css.form}`}>
          <Field label={t.name} fault={nameFault}>
            <TextInput value={shown.name} onChange={(name) => touch({ name })} disabled={!mayEdit} autoComplete="off" suffix={<span className="m-number">{characters(shown.name)}/{MOST_NAME_CHARACTERS}</span>} />
          </Field>
          <Field label={t.details} optional fault={detailsFault}>
            <TextArea value={shown.details} onChange={(details) => touch({ details })} disabled={!mayEdit} rows={3} />
          </Field>
          <AlgorithmChoice value={shown.algorithm} onChange={(algorithm) => touch({ algorithm })} locked={locked} />
          <PageState of={catalogue} loading={<Skeleton height={132} />}>
            {(read) => (
              <QuotaChoice packages={read.licences} value={shown.quota} onChange={(quota) => touch({ quota })} materials={activity.materials} locked={locked} />
            )}
          </PageState>
          {conflict && <Conflict now={<Theirs touched={touched} now={conflict} />} busy={busy} onMine={() => void send(conflict)} onTheirs={discard} />}
          <ProblemAlert problem={problem}>{problem?.code === "locked_by_licence" && <p>{t.lockedNow}</p>}</ProblemAlert>
          {mayEdit && (
            <div className="m-row">
              <Button type="submit" loading={busy} disabled={change === null || conflict !== null || Boolean(nameFault ?? detailsFault)}>
                {w.save}
              </Button>
              {change !== null && (
                <>
                  <Button variant="text" theme="default" disabled={busy} onClick={discard}>
                    {t.discard}
                  </Button>
                  <span className="m-small m-muted" role="status">
                    {t.unsaved}
                  </span>
                </>
              )}
            </div>
          )}
        </div>
      </Card>
    </form>
  );
}

/** What somebody else made of the settings that are being written here. */
function Theirs({ touched, now }: { touched: Partial<Settings>; now: Activity }) {
  const t = useText();
  const w = useWords();
  const { count } = useFormat();
  const parts: Record<keyof Settings, string> = {
    name: `${t.name}：${now.name}`,
    details: `${t.details}：${now.details || t.empty}`,
    algorithm: `${w.algorithm}：${w[now.algorithm]}`,
    quota: `${w.materialQuota}：${count(now.quota)}`,
  };
  return (
    <ul className="m-plain">
      {(Object.keys(touched) as (keyof Settings)[]).map((part) => (
        <li key={part}>{parts[part]}</li>
      ))}
    </ul>
  );
}

function Delete({ activity }: { activity: Activity }) {
  const t = useText();
  const w = useWords();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const toPage = useToPage();
  const { lastDayBefore } = useFormat();
  const remove = useAccountChange("delete", ACTIVITY, { refreshes: [ACTIVITIES, OVERVIEW] });
  const ask = () =>
    confirm({
      title: t.deleteTitle(activity.name),
      children: t.dangerText,
      act: t.deleteAct,
      danger: true,
      typed: activity.name.trim(),
      onConfirm: async () => {
        await remove.mutateAsync({ path: { activity: activity.id } });
        toast(w.deleted);
        await navigate(toPage("activities"), { replace: true });
      },
    });
  const until = activity.licensed_until;
  return (
    <Card title={t.danger}>
      <div className={css.danger}>
        <p className="m-muted">{t.dangerText}</p>
        {until === null ? (
          <Button theme="danger" variant="outline" onClick={ask}>
            {w.delete}
          </Button>
        ) : (
          <p className={css.locked}>
            <LockIcon />
            {t.deleteLocked(lastDayBefore(until))}
          </p>
        )}
      </div>
    </Card>
  );
}
