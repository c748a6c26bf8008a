import { useEffect, useMemo, useState } from "react";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useAccount } from "@/app/account";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Consents } from "./Consents";
import { draftOf, isSame, newDraft, shown, type Campaign, type Draft, type Material } from "./draft";
import { Editor } from "./Editor";
import { LinkCard } from "./LinkCard";
import { Preview } from "./Preview";
import { SaveBar } from "./SaveBar";
import { StateCard } from "./StateCard";
import { NOTICE, useText } from "./text";
import css from "./campaign.module.css";

const CAMPAIGN = "/api/v1/accounts/{account}/activities/{activity}/campaign";
const MATERIALS = "/api/v1/accounts/{account}/activities/{activity}/materials";

/** The activity's campaign page: written, looked at, published. */
export function CampaignTab({ activity }: { activity: Schema["Activity"] }) {
  const path = { activity: activity.id };
  const campaign = useAccountRead(CAMPAIGN, { path });
  const materials = useAccountRead(MATERIALS, { path, query: { state: "usable", sort: "oldest" } });
  const loading = (
    <Card>
      <Skeleton height={480} />
    </Card>
  );
  return (
    <PageState of={campaign} loading={loading}>
      {(read) => (
        <PageState of={materials} loading={loading}>
          {(list) => <Written activity={activity} campaign={read.campaign} materials={list.materials} />}
        </PageState>
      )}
    </PageState>
  );
}

interface WrittenProps {
  activity: Schema["Activity"];
  campaign: Campaign | null;
  materials: Material[];
}

function Written({ activity, campaign, materials }: WrittenProps) {
  const t = useText();
  const { id: account } = useAccount();
  // What the draft began from: another window may have saved since.
  const [base, setBase] = useState(campaign);
  const [draft, setDraft] = useState<Draft>(() =>
    campaign ? draftOf(campaign) : newDraft(activity, t.consentDefault.replace("{hours}", "24")),
  );
  const isDirty = base === null || !isSame(draft, draftOf(base));
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    if (isDirty && base !== null) {
      window.addEventListener("beforeunload", warn);
    }
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty, base]);
  const page = useMemo(() => shown(draft, { account, campaign: base, materials, notice: NOTICE }), [draft, account, base, materials]);
  const begin = (from: Campaign) => {
    setBase(from);
    setDraft(draftOf(from));
  };
  const go = (from: Campaign, next: Draft) => {
    setBase(from);
    setDraft(next);
  };
  return (
    <div className={css.tab}>
      <StateCard activity={activity} campaign={base} isDirty={isDirty} shown={page.materials.length} onChanged={setBase} />
      <div className={css.columns}>
        <div className="m-stack">
          <Editor activity={activity.id} draft={draft} base={base} materials={materials} onChange={setDraft} />
          <SaveBar activity={activity.id} draft={draft} base={base} isDirty={isDirty} onSaved={begin} onDiscard={() => base && setDraft(draftOf(base))} onMerged={go} />
        </div>
        <aside className={css.aside}>
          <Preview page={page} />
        </aside>
      </div>
      {base && <LinkCard campaign={base} />}
      {base && <Consents activity={activity.id} />}
    </div>
  );
}
