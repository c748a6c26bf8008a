import { useState } from "react";
import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useRead } from "@/api/use-api";
import { useSession } from "@/app/account";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { AddIcon, MoreIcon } from "@/components/icons";
import { MenuButton } from "@/components/MenuButton";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Moment } from "@/components/Written";
import { PasswordOnce } from "../parts/PasswordOnce";
import { SearchInput } from "../parts/SearchInput";
import { Mark, UserStateTag } from "../parts/StateTag";
import { NewUser } from "./NewUser";
import { RenameUser } from "./RenameUser";
import { useText } from "./text";
import { useUserActs } from "./use-user-acts";

type User = Schema["UserOverview"];

/** A password that was drawn just now. */
export interface Drawn {
  login: string;
  password: string;
}

export default function OperatorUsersPage() {
  const w = useWords();
  const t = useText();
  const { count } = useFormat();
  const users = useRead("/api/v1/operator/users", {});
  const [wanted, setWanted] = useState("");
  const [creating, setCreating] = useState(false);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const found = (users.data?.users ?? []).filter((user) => matches(user, wanted));
  return (
    <Page
      title={w.operatorUsers}
      lead={t.lead}
      actions={
        <Button icon={<AddIcon />} onClick={() => setCreating(true)}>
          {t.newUser}
        </Button>
      }
    >
      <div className="m-row m-row-apart">
        <SearchInput value={wanted} onChange={setWanted} placeholder={t.find} />
        <span className="m-muted m-small" role="status">
          {users.data && t.sum(count(found.length))}
        </span>
      </div>
      <Card flush>
        <PageState of={users} loading={<Skeleton height={320} />}>
          {() => <Users users={found} onDrawn={setDrawn} />}
        </PageState>
      </Card>
      {creating && (
        <NewUser
          onClose={() => setCreating(false)}
          onDone={(made) => {
            setCreating(false);
            setDrawn(made);
          }}
        />
      )}
      {drawn && <PasswordOnce {...drawn} onClose={() => setDrawn(null)} />}
    </Page>
  );
}

function matches(user: User, wanted: string): boolean {
  const words = wanted.trim().toLowerCase();
  const told = [user.login, user.name, ...user.accounts.flatMap((account) => [account.name, account.id])];
  return told.some((one) => one.toLowerCase().includes(words));
}

function Users({ users, onDrawn }: { users: User[]; onDrawn: (drawn: Drawn) => void }) {
  const w = useWords();
  const t = useText();
  const own = useSession().user.id;
  const [renaming, setRenaming] = useState<User | null>(null);
  const actsOf = useUserActs(onDrawn, setRenaming);
  const columns: Column<User>[] = [
    {
      key: "login",
      title: t.login,
      cell: (user) => (
        <span className="m-row">
          <code>{user.login}</code>
          {user.operator && <Mark mood="primary">{w.operator}</Mark>}
          {user.id === own && <span className="m-muted m-small">{t.you}</span>}
        </span>
      ),
      sortBy: (user) => user.login,
      onPhone: "title",
    },
    { key: "name", title: t.name, cell: (user) => user.name, sortBy: (user) => user.name },
    { key: "accounts", title: t.accounts, cell: (user) => (user.operator && user.accounts.length === 0 ? "—" : <AccountsOf user={user} />) },
    { key: "state", title: t.state, cell: (user) => <UserStateTag state={user.state} />, sortBy: (user) => user.state },
    { key: "totp", title: t.totp, cell: (user) => <span className={user.has_totp ? undefined : "m-muted"}>{user.has_totp ? t.on : t.off}</span>, onPhone: "hide" },
    { key: "created", title: t.created, cell: (user) => <Moment at={user.created} />, sortBy: (user) => user.created, onPhone: "hide" },
    {
      key: "acts",
      title: "",
      align: "right",
      cell: (user) => (
        <MenuButton label={t.more(user.login)} className="m-icon-button" items={actsOf(user, user.id === own)}>
          <MoreIcon />
        </MenuButton>
      ),
      onPhone: "actions",
    },
  ];
  return (
    <>
      <DataTable
        label={w.operatorUsers}
        columns={columns}
        rows={users}
        rowKey={(user) => user.id}
        empty={<Empty small title={t.notFound}>{t.notFoundAdvice}</Empty>}
      />
      {renaming && <RenameUser user={renaming} onClose={() => setRenaming(null)} />}
    </>
  );
}

function AccountsOf({ user }: { user: User }) {
  const w = useWords();
  const t = useText();
  if (user.accounts.length === 0) {
    return <span className="m-muted">{t.noAccounts}</span>;
  }
  return (
    <span className="m-stack-tight">
      {user.accounts.map((account) => (
        <span key={account.id}>
          <Link to={`/operator/accounts/${account.id}`}>{account.name}</Link> <span className="m-muted m-small">{w[account.role]}</span>
        </span>
      ))}
    </span>
  );
}
