import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import Button from "@/components/Button";
import { ask } from "@/api/client";
import { fill, upload } from "@/api/upload";
import { refresh } from "@/api/use-api";
import { currentOf, ifMatch } from "@/api/version";
import { useAccount } from "@/app/account";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { Conflict } from "../Conflict";
import { faultsOf, merged, toSend, type Campaign, type Draft } from "./draft";
import { usePartNames } from "./part-names";
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
  /** Goes on with another draft, upon what somebody else saved. */
  onMerged: (base: Campaign, draft: Draft) => void;
}

/** Saves words and cover together. What someone else saved meanwhile stays; where both changed the same, the user decides. */
export function SaveBar({ activity, draft, base, isDirty, onSaved, onDiscard, onMerged }: SaveBarProps) {
  const t = useText();
  const client = useQueryClient();
  const { id: account, mayEdit } = useAccount();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const path = { account, activity };
  const names = usePartNames();
  const [theirs, setTheirs] = useState<Campaign | null>(null);
  const write = async (draft: Draft, from: Campaign | null) => {
    let saved = (await ask("put", CAMPAIGN, { path, body: toSend(draft), header: ifMatch(from?.version ?? null) })) as Campaign;
    if (draft.cover !== undefined) {
      saved =
        draft.cover === null
          ? ((await ask("delete", `${CAMPAIGN}/cover`, { path })) as Campaign)
          : ((await upload({ method: "PUT", url: fill(`${CAMPAIGN}/cover`, path), body: draft.cover.file })) as Campaign);
    }
    setTheirs(null);
    onSaved(saved);
    toast(t.saved);
    await refresh(client, CAMPAIGN);
  };
  const save = async (mine: Draft, from: Campaign | null) => {
    setBusy(true);
    setProblem(null);
    try {
      await write(mine, from);
    } catch (thrown) {
      const now = currentOf<Campaign>(thrown);
      const upon = now && merged(mine, from, now, "mine");
      if (now === undefined || upon === undefined) {
        setProblem(thrown);
      } else if (upon.both.length === 0 && from !== null) {
        // Nobody changed the same: both changes are saved.
        await write(upon.draft, now).catch(setProblem);
      } else {
        setTheirs(now);
      }
    } finally {
      setBusy(false);
    }
  };
  const decide = (now: Campaign, prefer: "mine" | "theirs") => {
    const next = merged(draft, base, now, prefer).draft;
    onMerged(now, next);
    setTheirs(null);
    if (prefer === "mine") {
      void save(next, now);
    }
  };
  if (!mayEdit) {
    return null;
  }
  return (
    <div className={css.saveBar}>
      {theirs && (
        <Conflict now={t.conflictParts(names(merged(draft, base, theirs, "mine").both))} busy={busy} onMine={() => decide(theirs, "mine")} onTheirs={() => decide(theirs, "theirs")} />
      )}
      <ProblemAlert problem={problem} onRetry={() => void save(draft, base)} />
      <div className="m-row">
        <Button loading={busy} disabled={!isDirty || theirs !== null || faultsOf(draft).length > 0} onClick={() => void save(draft, base)}>
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
