import { useState } from "react";
import { useChange, useRead } from "@/api/use-api";
import Button from "@/components/Button";
import { useConfirm } from "@/components/Confirm";
import { Field, TextArea } from "@/components/Field";
import { FormDialog } from "@/components/FormDialog";
import { Card, Facts } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { toast } from "@/components/toast";
import { LastDay, Moment } from "@/components/Written";
import { useFormat } from "@/app/format";
import { Mark } from "../parts/StateTag";
import { momentAfter } from "./amount";
import { useText } from "./text";

const EXEMPTION = "/api/v1/operator/accounts/{account}/exemption";
const STALE = [EXEMPTION, "/api/v1/operator/accounts/{account}", "/api/v1/operator/accounts"] as const;

/** Whether the account's pictures must carry the visible mark. */
export function ExemptionCard({ account }: { account: string }) {
  const t = useText();
  const confirm = useConfirm();
  const read = useRead(EXEMPTION, { path: { account } });
  const end = useChange("delete", EXEMPTION, { refreshes: [...STALE], onDone: () => toast(t.ended) });
  const [setting, setSetting] = useState(false);
  const exemption = read.data?.exemption ?? null;
  const actions = read.data && (
    <>
      {exemption?.holds && (
        <Button
          size="small"
          variant="outline"
          theme="danger"
          onClick={() =>
            confirm({ title: t.endTitle, children: t.endText, act: t.end, danger: true, onConfirm: () => end.mutateAsync({ path: { account } }) })
          }
        >
          {t.end}
        </Button>
      )}
      <Button size="small" variant="outline" theme="default" onClick={() => setSetting(true)}>
        {exemption?.holds ? t.replace : t.grant}
      </Button>
    </>
  );
  return (
    <Card title={t.exemption} actions={actions}>
      <PageState of={read}>
        {() => (
          <div className="m-stack">
            <p className="m-muted">{t.exemptionLead}</p>
            {exemption === null ? (
              <p>{t.noExemption}</p>
            ) : (
              <Facts
                facts={[
                  [t.state, <Mark key="holds" mood={exemption.holds ? "warning" : "default"}>{exemption.holds ? t.holds : t.over}</Mark>],
                  [t.reason, exemption.reason],
                  [t.since, <Moment key="since" at={exemption.since} />],
                  [t.until, exemption.ends === null ? t.noEnd : <LastDay key="ends" ends={exemption.ends} />],
                  [t.by, exemption.by ?? t.commandLine],
                ]}
              />
            )}
          </div>
        )}
      </PageState>
      {setting && <ExemptDialog account={account} onClose={() => setSetting(false)} />}
    </Card>
  );
}

function ExemptDialog({ account, onClose }: { account: string; onClose: () => void }) {
  const t = useText();
  const { zone } = useFormat();
  const [reason, setReason] = useState("");
  const [lastDay, setLastDay] = useState("");
  const [tried, setTried] = useState(false);
  const put = useChange("put", EXEMPTION, {
    refreshes: [...STALE],
    onDone: () => {
      toast(t.granted);
      onClose();
    },
  });
  const lacks = reason.trim() === "";
  const submit = () => {
    setTried(true);
    if (!lacks) {
      put.mutate({ path: { account }, body: { reason: reason.trim(), ends: lastDay === "" ? null : momentAfter(lastDay, zone) } });
    }
  };
  return (
    <FormDialog
      title={t.grant}
      act={t.grant}
      busy={put.isPending}
      problem={put.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t.reason} hint={t.reasonHint} fault={tried && lacks ? t.reasonFault : undefined}>
        <TextArea value={reason} onChange={setReason} maxLength={200} />
      </Field>
      <Field label={t.lastDay} hint={t.lastDayHint} optional>
        <span className="m-input">
          <input type="date" value={lastDay} aria-label={t.lastDay} onChange={(event) => setLastDay(event.target.value)} />
        </span>
      </Field>
    </FormDialog>
  );
}
