import { useState } from "react";
import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useRead } from "@/api/use-api";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { CopyId } from "@/components/CopyId";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { AddIcon } from "@/components/icons";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Count, Moment, Money } from "@/components/Written";
import { SearchInput } from "../parts/SearchInput";
import { AccountStateTag, Mark } from "../parts/StateTag";
import { NewAccount } from "./NewAccount";
import { useText } from "./text";

type Account = Schema["AccountOverview"];

export default function OperatorAccountsPage() {
  const w = useWords();
  const t = useText();
  const { count } = useFormat();
  const accounts = useRead("/api/v1/operator/accounts", {});
  const [wanted, setWanted] = useState("");
  const [creating, setCreating] = useState(false);
  const create = (
    <Button icon={<AddIcon />} onClick={() => setCreating(true)}>
      {t.newAccount}
    </Button>
  );
  const found = (accounts.data?.accounts ?? []).filter((account) => matches(account, wanted));
  return (
    <Page title={w.operatorAccounts} lead={t.lead} actions={create}>
      <div className="m-row m-row-apart">
        <SearchInput value={wanted} onChange={setWanted} placeholder={t.find} />
        <span className="m-muted m-small" role="status">
          {accounts.data && t.sum(count(found.length))}
        </span>
      </div>
      <Card flush>
        <PageState
          of={accounts}
          loading={<Skeleton height={320} />}
          emptyIf={(read) => read.accounts.length === 0}
          empty={<Empty title={t.none} actions={create}>{t.noneAdvice}</Empty>}
        >
          {() => <Accounts accounts={found} />}
        </PageState>
      </Card>
      {creating && <NewAccount onClose={() => setCreating(false)} />}
    </Page>
  );
}

function matches(account: Account, wanted: string): boolean {
  const words = wanted.trim().toLowerCase();
  return account.name.toLowerCase().includes(words) || account.id.includes(words);
}

function Accounts({ accounts }: { accounts: Account[] }) {
  const w = useWords();
  const t = useText();
  const columns: Column<Account>[] = [
    {
      key: "name",
      title: t.name,
      cell: (account) => (
        <span className="m-row">
          <Link to={`/operator/accounts/${account.id}`}>{account.name}</Link>
          {account.label_exempt && <Mark mood="warning">{t.exempt}</Mark>}
        </span>
      ),
      sortBy: (account) => account.name,
      onPhone: "title",
    },
    { key: "id", title: "ID", cell: (account) => <CopyId id={account.id} />, sortBy: (account) => account.id },
    { key: "state", title: t.state, cell: (account) => <AccountStateTag state={account.state} />, sortBy: (account) => account.state },
    { key: "balance", title: t.balance, align: "right", cell: (account) => <Money amount={account.balance} />, sortBy: (account) => Number(account.balance) },
    {
      key: "owed",
      title: t.owed,
      align: "right",
      cell: (account) => (owes(account) ? <Mark mood="danger"><Money amount={account.owed} /></Mark> : <Money amount={account.owed} />),
      sortBy: (account) => Number(account.owed),
    },
    { key: "activities", title: t.activities, align: "right", cell: (account) => <Count value={account.activities} />, sortBy: (account) => account.activities, onPhone: "hide" },
    { key: "calls", title: t.calls, align: "right", cell: (account) => <Count value={account.calls_this_month} />, sortBy: (account) => account.calls_this_month },
    { key: "created", title: t.created, cell: (account) => <Moment at={account.created} />, sortBy: (account) => account.created, onPhone: "hide" },
  ];
  return (
    <DataTable
      label={w.operatorAccounts}
      columns={columns}
      rows={accounts}
      rowKey={(account) => account.id}
      empty={<Empty small title={t.notFound}>{t.notFoundAdvice}</Empty>}
    />
  );
}

function owes(account: Account): boolean {
  return Number(account.owed) > 0;
}
