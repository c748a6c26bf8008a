import { useState } from "react";
import type { Schema } from "@/api/types";
import { useAccountChange, useAccountRead } from "@/api/use-api";
import { useAccount } from "@/app/account";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { useConfirm } from "@/components/Confirm";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Hint } from "@/components/Hint";
import { AddIcon } from "@/components/icons";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { toast } from "@/components/toast";
import { Moment } from "@/components/Written";
import { WEBHOOK, WEBHOOKS } from "./api";
import { Deliveries } from "./Deliveries";
import { Health } from "./Health";
import { HowToVerify } from "./HowToVerify";
import { NewWebhook } from "./NewWebhook";
import { TestDialog } from "./TestDialog";
import { useText } from "./text";

export default function WebhooksPage() {
  const w = useWords();
  const t = useText();
  const { mayOwn } = useAccount();
  const webhooks = useAccountRead(WEBHOOKS, {});
  const [adding, setAdding] = useState(false);
  const add = mayOwn && (
    <Button icon={<AddIcon />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <Page title={w.webhooks} lead={t.lead} actions={add}>
      {!mayOwn && <Hint>{t.ownersOnly}</Hint>}
      <Card flush>
        <PageState of={webhooks}>{(read) => <Webhooks webhooks={read.webhooks} empty={<Empty title={t.none} actions={add}>{t.noneAdvice}</Empty>} />}</PageState>
      </Card>
      <HowToVerify />
      {adding && <NewWebhook onClose={() => setAdding(false)} />}
    </Page>
  );
}

type Webhook = Schema["Webhook"];

function Webhooks({ webhooks, empty }: { webhooks: Webhook[]; empty: React.ReactNode }) {
  const w = useWords();
  const t = useText();
  const columns: Column<Webhook>[] = [
    { key: "url", title: t.url, cell: (one) => <code>{one.url}</code>, onPhone: "title" },
    { key: "health", title: t.health, cell: (one) => <Health webhook={one} /> },
    { key: "created", title: t.created, cell: (one) => <Moment at={one.created} /> },
    { key: "actions", title: "", align: "right", cell: (one) => <Actions webhook={one} />, onPhone: "actions" },
  ];
  return <DataTable label={w.webhooks} columns={columns} rows={webhooks} rowKey={(one) => one.id} empty={empty} />;
}

function Actions({ webhook }: { webhook: Webhook }) {
  const w = useWords();
  const t = useText();
  const confirm = useConfirm();
  const { mayOwn } = useAccount();
  const [open, setOpen] = useState<"test" | "log" | null>(null);
  const remove = useAccountChange("delete", WEBHOOK, { refreshes: [WEBHOOKS], onDone: () => toast(w.deleted) });
  const askDelete = () =>
    confirm({
      title: t.deleteTitle,
      act: w.delete,
      danger: true,
      onConfirm: () => remove.mutateAsync({ path: { webhook: webhook.id } }),
      children: (
        <div className="m-stack-tight">
          <p>
            <code>{webhook.url}</code>
          </p>
          <p>{t.deleteAdvice}</p>
        </div>
      ),
    });
  const close = () => setOpen(null);
  return (
    <>
      <span className="m-links">
        <button type="button" className="m-link" onClick={() => setOpen("log")}>
          {t.log}
        </button>
        {mayOwn && (
          <>
            <button type="button" className="m-link" onClick={() => setOpen("test")}>
              {t.test}
            </button>
            <button type="button" className="m-link m-link-danger" onClick={askDelete} aria-label={`${w.delete} ${webhook.url}`}>
              {w.delete}
            </button>
          </>
        )}
      </span>
      {open === "log" && <Deliveries webhook={webhook} onClose={close} />}
      {open === "test" && <TestDialog webhook={webhook} onClose={close} />}
    </>
  );
}
