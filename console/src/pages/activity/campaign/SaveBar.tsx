import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import Button from "@/components/Button";
import { ask } from "@/api/client";
import { fill, upload } from "@/api/upload";
import { refresh } from "@/api/use-api";
import { useAccount } from "@/app/account";
import { useConfirm } from "@/components/Confirm";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { faultsOf, toSend, type Campaign, type Draft } from "./draft";
import { useText } from "./text";
import css from "./campaign.module.css";

const CAMPAIGN = "/api/v1/accounts/{account}/activities/{activity}/campaign";

interface SaveBarProps {
  activity: string;
  draft: Draft;
  base: Campaign | null;
  isDirty: boolean;
  onSaved: (campaign: Campaign) => void;
  onDiscard: () => void;
}

/** Saves words and cover together; asks before it writes over what someone else saved. */
export function SaveBar({ activity, draft, base, isDirty, onSaved, onDiscard }: SaveBarProps) {
  const t = useText();
  const confirm = useConfirm();
  const client = useQueryClient();
  const { id: account, mayEdit } = useAccount();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const path = { account, activity };
  const write = async () => {
    let saved = (await ask("put", CAMPAIGN, { path, body: toSend(draft) })) as Campaign;
    if (draft.cover !== undefined) {
      saved =
        draft.cover === null
          ? ((await ask("delete", `${CAMPAIGN}/cover`, { path })) as Campaign)
          : ((await upload({ method: "PUT", url: fill(`${CAMPAIGN}/cover`, path), body: draft.cover.file })) as Campaign);
    }
    onSaved(saved);
    toast(t.saved);
    await refresh(client, CAMPAIGN);
  };
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const now = (await ask("get", CAMPAIGN, { path })) as { campaign: Campaign | null };
      if ((now.campaign?.updated ?? null) === (base?.updated ?? null)) {
        await write();
      } else {
        confirm({ title: t.conflictTitle, children: t.conflictText, act: t.overwrite, danger: true, onConfirm: write });
      }
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  if (!mayEdit) {
    return null;
  }
  return (
    <div className={css.saveBar}>
      <ProblemAlert problem={problem} onRetry={() => void save()} />
      <div className="m-row">
        <Button loading={busy} disabled={!isDirty || faultsOf(draft).length > 0} onClick={() => void save()}>
          {base === null ? t.create : t.save}
        </Button>
        {isDirty && base !== null && (
          <>
            <Button variant="text" theme="default" disabled={busy} onClick={onDiscard}>
              {t.discard}
            </Button>
            <span className="m-muted m-small" role="status">
              {t.unsaved}
            </span>
          </>
        )}
      </div>
    </div>
  );
}
