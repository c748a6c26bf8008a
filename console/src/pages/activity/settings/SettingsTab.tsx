import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import Button from "@/components/Button";
import { refresh, useAccountChange, useAccountRead } from "@/api/use-api";
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
import { changed, without, type Settings } from "./changed";
import { useText } from "./text";
import css from "./settings.module.css";

type Activity = Schema["Activity"];

const ACTIVITIES = "/api/v1/accounts/{account}/activities";
const ACTIVITY = `${ACTIVITIES}/{activity}` as const;
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
  const client = useQueryClient();
  const save = useAccountChange("patch", ACTIVITY, { refreshes: [ACTIVITIES, ACTIVITY] });
  // Only what was touched here: what another tab changes meanwhile stays as it is there.
  const [touched, setTouched] = useState<Partial<Settings>>({});
  const shown: Settings = { ...activity, ...touched };
  const change = changed(activity, touched);
  const until = activity.licensed_until;
  const locked = until !== null ? t.locked(lastDayBefore(until)) : mayEdit ? undefined : t.viewer;
  const nameFault = characters(shown.name) > MOST_NAME_CHARACTERS ? t.nameLong(MOST_NAME_CHARACTERS) : isName(shown.name) ? undefined : t.nameEmpty;
  const detailsFault = characters(shown.details) > MOST_DETAILS_CHARACTERS ? t.detailsLong(MOST_DETAILS_CHARACTERS) : undefined;
  const touch = (part: Partial<Settings>) => setTouched({ ...touched, ...part });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (change === null || nameFault || detailsFault || save.isPending) {
      return;
    }
    save.mutate(
      { path: { activity: activity.id }, body: change },
      {
        onSuccess: () => {
          setTouched({});
          toast(w.saved);
        },
        onError: (problem) => {
          if (problem.code === "locked_by_licence") {
            // Bought in another tab: what is locked goes back to what holds, the rest waits to be saved.
            setTouched(without(touched, "algorithm", "quota"));
            void refresh(client, ACTIVITY, ACTIVITIES);
          }
        },
      },
    );
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
          <ProblemAlert problem={save.error}>{save.error?.code === "locked_by_licence" && <p>{t.lockedNow}</p>}</ProblemAlert>
          {mayEdit && (
            <div className="m-row">
              <Button type="submit" loading={save.isPending} disabled={change === null || Boolean(nameFault ?? detailsFault)}>
                {w.save}
              </Button>
              {change !== null && (
                <>
                  <Button variant="text" theme="default" disabled={save.isPending} onClick={() => setTouched({})}>
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
