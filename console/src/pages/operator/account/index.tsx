import { useState } from "react";
import { Link, useParams } from "react-router";
import type { Schema } from "@/api/types";
import { useChange, useRead } from "@/api/use-api";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { useConfirm } from "@/components/Confirm";
import { CopyId } from "@/components/CopyId";
import { WarningIcon } from "@/components/icons";
import { Card, Facts, Figure, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { toast } from "@/components/toast";
import { Count, Moment, Money } from "@/components/Written";
import { AccountStateTag } from "../parts/StateTag";
import { ExemptionCard } from "./ExemptionCard";
import { LimitDialog } from "./LimitDialog";
import { Members } from "./Members";
import { TopUpDialog } from "./TopUpDialog";
import { useText } from "./text";
import styles from "./account.module.css";

const ACCOUNT = "/api/v1/operator/accounts/{account}";

export default function OperatorAccountPage() {
  const w = useWords();
  const t = useText();
  const { account: id = "" } = useParams();
  const account = useRead(ACCOUNT, { path: { account: id } });
  const [toppingUp, setToppingUp] = useState(false);
  return (
    <Page
      title={account.data?.name ?? t.lost}
      crumbs={[{ label: w.operatorAccounts, to: "/operator/accounts" }, { label: account.data?.name ?? id }]}
      actions={
        account.data && (
          <>
            <StateButton account={account.data} />
            <Button onClick={() => setToppingUp(true)}>{t.topUp}</Button>
          </>
        )
      }
    >
      <PageState of={account} loading={<Skeleton height={420} />}>
        {(read) => (
          <>
            {read.state === "suspended" && (
              <p className={styles["suspended"]} role="status">
                <WarningIcon aria-hidden="true" /> {t.suspendedNote}
              </p>
            )}
            <Standing account={read} />
            <div className="m-grid m-grid-charts">
              <ExemptionCard account={id} />
              <Doors account={id} />
            </div>
            <Members account={id} />
            {toppingUp && <TopUpDialog account={read} onClose={() => setToppingUp(false)} />}
          </>
        )}
      </PageState>
    </Page>
  );
}

function Standing({ account }: { account: Schema["AccountOverview"] }) {
  const t = useText();
  const { count } = useFormat();
  const [limiting, setLimiting] = useState(false);
  return (
    <Card>
      <div className="m-stack">
        <div className="m-grid m-grid-figures">
          <Figure label={t.balance} value={<Money amount={account.balance} />} />
          <Figure label={t.owed} value={<span className={Number(account.owed) > 0 ? styles["owed"] : undefined}><Money amount={account.owed} /></span>} />
          <Figure label={t.callsThisMonth} value={<Count value={account.calls_this_month} />} />
          <Figure label={t.activities} value={t.ofLimit(count(account.activities), count(account.activity_limit))} />
        </div>
        <hr className={styles["line"]} />
        <Facts
          facts={[
            ["ID", <CopyId key="id" id={account.id} />],
            [t.state, <AccountStateTag key="state" state={account.state} />],
            [t.created, <Moment key="created" at={account.created} />],
            [
              t.limit,
              <span key="limit" className="m-row">
                <Count value={account.activity_limit} />
                <button type="button" className={styles["inline"]} onClick={() => setLimiting(true)}>
                  {t.change}
                </button>
              </span>,
            ],
          ]}
        />
      </div>
      {limiting && <LimitDialog account={account} onClose={() => setLimiting(false)} />}
    </Card>
  );
}

function StateButton({ account }: { account: Schema["AccountOverview"] }) {
  const t = useText();
  const confirm = useConfirm();
  const change = useChange("patch", ACCOUNT, { refreshes: [ACCOUNT, "/api/v1/operator/accounts"] });
  const active = account.state === "active";
  const ask = () =>
    confirm({
      title: active ? t.suspendTitle(account.name) : t.resumeTitle(account.name),
      children: active ? t.suspendText : t.resumeText,
      act: active ? t.suspend : t.resume,
      danger: active,
      onConfirm: async () => {
        await change.mutateAsync({ path: { account: account.id }, body: { state: active ? "suspended" : "active" } });
        toast(active ? t.suspended : t.resumed);
      },
    });
  return (
    <Button variant="outline" theme={active ? "danger" : "primary"} onClick={ask}>
      {active ? t.suspend : t.resume}
    </Button>
  );
}

/** Ways into the account's own pages. */
function Doors({ account }: { account: string }) {
  const w = useWords();
  const t = useText();
  const doors = [
    ["overview", w.overview],
    ["activities", w.activities],
    ["usage", w.usage],
    ["bills", w.bills],
    ["orders", w.orders],
    ["balance", w.balance],
    ["keys", w.keys],
    ["members", w.members],
  ] as const;
  return (
    <Card title={t.pages}>
      <div className="m-stack">
        <p className="m-muted">{t.pagesLead}</p>
        <ul className={`m-plain ${styles["doors"] ?? ""}`}>
          {doors.map(([page, label]) => (
            <li key={page}>
              <Link to={`/accounts/${account}/${page}`}>{label}</Link>
            </li>
          ))}
          <li>
            <Link to={`/operator/audit?account=${account}`}>{t.auditOf}</Link>
          </li>
        </ul>
      </div>
    </Card>
  );
}
