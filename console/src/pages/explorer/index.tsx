import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useAccountChange, useAccountRead } from "@/api/use-api";
import { useAccount, useToPage } from "@/app/account";
import { useWords } from "@/app/words";
import { Empty } from "@/components/Empty";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Skeleton } from "@/components/Skeleton";
import { Answer } from "./Answer";
import { CodePanel } from "./CodePanel";
import { PHOTO } from "./presets";
import { RequestForm } from "./RequestForm";
import { useText } from "./text";
import { useDraft } from "./use-draft";
import styles from "./explorer.module.css";

const EXPLORER = "/api/v1/accounts/{account}/explorer";

export default function ExplorerPage() {
  const w = useWords();
  const t = useText();
  const toPage = useToPage();
  const keys = useAccountRead("/api/v1/accounts/{account}/keys", {});
  const activities = useAccountRead("/api/v1/accounts/{account}/activities", {});
  const enabled = (keys.data?.keys ?? []).filter((key) => key.state === "enabled");
  return (
    <Page wide title={w.explorer} lead={t.lead}>
      <PageState
        of={keys}
        loading={<Skeleton height={560} />}
        emptyIf={() => enabled.length === 0}
        empty={
          <Card>
            <Empty picture="locked" title={t.noKeys} actions={<Link to={toPage("keys")}>{t.toKeys}</Link>}>
              {t.noKeysAdvice}
            </Empty>
          </Card>
        }
      >
        {() => (
          <PageState of={activities} loading={<Skeleton height={560} />}>
            {(read) => <Explorer keys={enabled} activities={read.activities} />}
          </PageState>
        )}
      </PageState>
    </Page>
  );
}

interface ExplorerProps {
  keys: Schema["Key"][];
  activities: Schema["Activity"][];
}

function Explorer({ keys, activities }: ExplorerProps) {
  const t = useText();
  const { mayEdit } = useAccount();
  const draft = useDraft(keys, activities);
  const call = useAccountChange("post", EXPLORER);
  const send = () =>
    call.mutate({
      body: {
        secret_id: draft.secretId,
        action: draft.action,
        version: draft.version,
        body: draft.body.replaceAll(PHOTO, () => draft.photo?.base64 ?? PHOTO),
        language: draft.language,
      },
    });
  return (
    <>
      <div className={styles["halves"]}>
        <Card title={t.request}>
          <RequestForm draft={draft} keys={keys} activities={activities} busy={call.isPending} mayCall={mayEdit} onSend={send} />
        </Card>
        <Card title={t.response}>
          <div className="m-stack" aria-busy={call.isPending}>
            <ProblemAlert problem={call.error} />
            {call.data ? <Answer exchange={call.data} /> : !call.error && <Empty small title={t.nothing}>{t.nothingAdvice}</Empty>}
          </div>
        </Card>
      </div>
      <CodePanel draft={draft} />
    </>
  );
}
