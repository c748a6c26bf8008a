import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useRead } from "@/api/use-api";
import { useWords } from "@/app/words";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { UserStateTag } from "../parts/StateTag";
import { useText } from "./text";

type User = Schema["UserOverview"];

/** Who may sign in to the account. */
export function Members({ account }: { account: string }) {
  const w = useWords();
  const t = useText();
  const users = useRead("/api/v1/operator/users", {});
  const manage = <Link to={`/accounts/${account}/members`}>{t.addUsers}</Link>;
  const roleOf = (user: User) => user.accounts.find((one) => one.id === account)?.role;
  const columns: Column<User>[] = [
    { key: "login", title: t.login, cell: (user) => <code>{user.login}</code>, sortBy: (user) => user.login, onPhone: "title" },
    { key: "name", title: t.name, cell: (user) => user.name },
    { key: "role", title: t.role, cell: (user) => w[roleOf(user) ?? "viewer"] },
    { key: "state", title: t.state, cell: (user) => <UserStateTag state={user.state} /> },
  ];
  return (
    <Card title={t.users} actions={manage} flush>
      <PageState of={users}>
        {(read) => (
          <DataTable
            label={t.users}
            columns={columns}
            rows={read.users.filter((user) => roleOf(user) !== undefined)}
            rowKey={(user) => user.id}
            empty={<Empty small title={t.noUsers} actions={manage}>{t.noUsersAdvice}</Empty>}
          />
        )}
      </PageState>
    </Card>
  );
}
