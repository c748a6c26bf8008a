import { useState } from "react";
import { useNavigate } from "react-router";
import Button from "@/components/Button";
import { useAccountChange, useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { characters, isName, MOST_DETAILS_CHARACTERS, MOST_NAME_CHARACTERS } from "@/app/activity-rules";
import { useWords } from "@/app/words";
import { AlgorithmChoice, QuotaChoice } from "@/components/ActivityChoices";
import { Field, TextArea, TextInput } from "@/components/Field";
import { Modal } from "@/components/Modal";
import { PageState } from "@/components/PageState";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Skeleton } from "@/components/Skeleton";
import { toast } from "@/components/toast";
import { useText } from "./text";

const ACTIVITIES = "/api/v1/accounts/{account}/activities";
const OVERVIEW = "/api/v1/accounts/{account}/overview";
const FORM = "create-activity";

/** Asks for what an activity needs, creates it and leads to its materials. */
export function CreateActivity({ onClose }: { onClose: () => void }) {
  const t = useText();
  const w = useWords();
  const navigate = useNavigate();
  const toPage = useToPage();
  const catalogue = useAccountRead("/api/v1/accounts/{account}/catalogue", {});
  const create = useAccountChange("post", ACTIVITIES, { refreshes: [ACTIVITIES, OVERVIEW] });
  const [name, setName] = useState("");
  const [details, setDetails] = useState("");
  const [algorithm, setAlgorithm] = useState<Schema["AlgorithmVersion"]>("natural");
  const [quota, setQuota] = useState<number | null>(null);
  const left = MOST_NAME_CHARACTERS - characters(name);
  const detailsLong = characters(details) > MOST_DETAILS_CHARACTERS;
  const ready = isName(name) && !detailsLong;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!ready || create.isPending) {
      return;
    }
    const body = { name: name.trim(), details: details.trim(), algorithm, ...(quota === null ? {} : { quota }) };
    create.mutate(
      { body },
      {
        onSuccess: (activity) => {
          toast(t.created(activity.name));
          void navigate(toPage(`activities/${activity.id}/materials`));
        },
      },
    );
  };
  return (
    <Modal
      open
      width={680}
      title={t.create}
      onClose={create.isPending ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" disabled={create.isPending} onClick={onClose}>
            {w.cancel}
          </Button>
          <Button type="submit" form={FORM} loading={create.isPending} disabled={!ready}>
            {w.create}
          </Button>
        </>
      }
    >
      <form id={FORM} className="m-form" onSubmit={submit}>
        <Field label={t.name} hint={t.nameHint(left)} fault={left < 0 ? t.nameLong(MOST_NAME_CHARACTERS) : undefined}>
          <TextInput value={name} onChange={setName} placeholder={t.namePlaceholder} autoComplete="off" autoFocusInDialog suffix={<span className="m-number">{characters(name)}/{MOST_NAME_CHARACTERS}</span>} />
        </Field>
        <Field label={t.details} optional fault={detailsLong ? t.detailsLong(MOST_DETAILS_CHARACTERS) : undefined}>
          <TextArea value={details} onChange={setDetails} rows={2} placeholder={t.detailsPlaceholder} />
        </Field>
        <AlgorithmChoice value={algorithm} onChange={setAlgorithm} />
        <PageState of={catalogue} loading={<Skeleton height={132} />}>
          {(read) => <QuotaChoice packages={read.licences} value={quota ?? read.licences[0]?.materials ?? 0} onChange={setQuota} />}
        </PageState>
      </form>
      <ProblemAlert problem={create.error}>{create.error?.code === "too_many_activities" && <p className="m-muted">{t.limit}</p>}</ProblemAlert>
    </Modal>
  );
}
