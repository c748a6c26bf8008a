import type { Schema } from "@/api/types";
import { useAccountChange, useAccountRead } from "@/api/use-api";
import { useAccount } from "@/app/account";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Modal } from "@/components/Modal";
import { PageState } from "@/components/PageState";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Tag } from "@/components/Tag";
import { toast } from "@/components/toast";
import { Moment } from "@/components/Written";
import { DELIVERIES, RETRY } from "./api";
import { EventName } from "./EventName";
import { useFaultWords } from "./fault-words";
import { useText } from "./text";
import styles from "./webhooks.module.css";

const EVERY_MS = 10_000;

/** What was delivered, what waits, what was given up. */
export function Deliveries({ webhook, onClose }: { webhook: Schema["Webhook"]; onClose: () => void }) {
  const t = useText();
  const deliveries = useAccountRead(DELIVERIES, { path: { webhook: webhook.id } }, { everyMs: EVERY_MS });
  return (
    <Modal open title={t.log} width={920} onClose={onClose}>
      <p className="m-muted m-small">
        <code>{webhook.url}</code> · {t.latest}
      </p>
      <PageState of={deliveries}>{(read) => <Log deliveries={read.deliveries} />}</PageState>
    </Modal>
  );
}

type Delivery = Schema["Delivery"];

function Log({ deliveries }: { deliveries: Delivery[] }) {
  const t = useText();
  const { mayOwn } = useAccount();
  const fault = useFaultWords();
  const retry = useAccountChange("post", RETRY, { refreshes: [DELIVERIES], onDone: () => toast(t.sent) });
  const columns: Column<Delivery>[] = [
    { key: "event", title: t.event, cell: (one) => <EventName event={one.event} />, onPhone: "title" },
    { key: "state", title: t.state, cell: (one) => <State of={one.state} /> },
    { key: "attempts", title: t.attempts, align: "right", cell: (one) => one.attempts },
    { key: "when", title: t.when, cell: (one) => (one.delivered ? <When said={t.arrived} at={one.delivered} /> : one.next_at ? <When said={t.next} at={one.next_at} /> : "—") },
    { key: "error", title: t.error, cell: (one) => <span className={styles.error}>{one.last_error === "" ? "—" : fault(one.last_error)}</span> },
    {
      key: "actions",
      title: "",
      align: "right",
      onPhone: "actions",
      cell: (one) =>
        mayOwn && one.state === "given_up" ? (
          <button type="button" className="m-link" disabled={retry.isPending} onClick={() => retry.mutate({ path: { delivery: one.id } })}>
            {t.send}
          </button>
        ) : null,
    },
  ];
  return (
    <>
      <ProblemAlert problem={retry.error} />
      <DataTable label={t.log} columns={columns} rows={deliveries} rowKey={(one) => one.id} empty={<Empty small title={t.noDeliveries}>{t.noDeliveriesAdvice}</Empty>} />
    </>
  );
}

function When({ said, at }: { said: string; at: string }) {
  return (
    <span>
      <Moment at={at} /> <span className="m-muted m-small">{said}</span>
    </span>
  );
}

function State({ of: state }: { of: Delivery["state"] }) {
  const t = useText();
  return state === "delivered" ? <Tag kind="good">{t.ok}</Tag> : state === "waiting" ? <Tag kind="warning">{t.waiting}</Tag> : <Tag kind="bad">{t.given_up}</Tag>;
}
