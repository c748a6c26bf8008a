import { useState } from "react";
import type { Role, Schema } from "@/api/types";
import { useAccountChange, useAccountRead } from "@/api/use-api";
import { useAccount, useSession } from "@/app/account";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { useConfirm } from "@/components/Confirm";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Hint } from "@/components/Hint";
import { AddIcon } from "@/components/icons";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { SelectInput } from "@/components/SelectInput";
import { Tag } from "@/components/Tag";
import { toast } from "@/components/toast";
import { MEMBER, MEMBERS, ROLES } from "./api";
import { NewMember } from "./NewMember";
import { useText } from "./text";
import styles from "./members.module.css";

type Member = Schema["Member"];

export default function MembersPage() {
  const w = useWords();
  const t = useText();
  const { mayOwn } = useAccount();
  const members = useAccountRead(MEMBERS, {});
  const [adding, setAdding] = useState(false);
  const add = mayOwn && (
    <Button icon={<AddIcon />} onClick={() => setAdding(true)}>
      {t.add}
    </Button>
  );
  return (
    <Page title={w.members} lead={t.lead} actions={add}>
      {!mayOwn && <Hint>{t.ownersOnly}</Hint>}
      <Card flush>
        <PageState of={members}>{(read) => <Members members={read.members} empty={<Empty title={t.none} actions={add}>{t.noneAdvice}</Empty>} />}</PageState>
      </Card>
      <Card title={t.rolesTitle}>
        <dl className={styles.roles}>
          {ROLES.map((role) => (
            <div key={role}>
              <dt>{w[role]}</dt>
              <dd className="m-muted">{t[role]}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {adding && <NewMember onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Members({ members, empty }: { members: Member[]; empty: React.ReactNode }) {
  const w = useWords();
  const t = useText();
  const { user } = useSession();
  const { mayOwn } = useAccount();
  const owners = members.filter((one) => one.role === "owner").length;
  const isLast = (one: Member) => one.role === "owner" && owners === 1;
  const columns: Column<Member>[] = [
    {
      key: "name",
      title: t.name,
      onPhone: "title",
      sortBy: (one) => one.name,
      cell: (one) => (
        <span className="m-row">
          {one.name}
          {one.id === user.id && <Tag kind="brand">{t.you}</Tag>}
          {one.state !== "active" && <Tag>{t.disabled}</Tag>}
        </span>
      ),
    },
    { key: "login", title: t.login, cell: (one) => <code>{one.login}</code>, sortBy: (one) => one.login },
    { key: "totp", title: t.totp, cell: (one) => (one.has_totp ? <Tag kind="good">{t.totpOn}</Tag> : <span className="m-muted">{t.totpOff}</span>) },
    { key: "role", title: t.role, width: 180, cell: (one) => (mayOwn ? <RoleSelect member={one} isLast={isLast(one)} /> : w[one.role]), sortBy: (one) => ROLES.indexOf(one.role) },
    ...(mayOwn ? [{ key: "actions", title: "", align: "right", cell: (one: Member) => <Remove member={one} isLast={isLast(one)} />, onPhone: "actions" } satisfies Column<Member>] : []),
  ];
  return <DataTable label={w.members} columns={columns} rows={members} rowKey={(one) => one.id} empty={empty} />;
}

function RoleSelect({ member, isLast }: { member: Member; isLast: boolean }) {
  const w = useWords();
  const t = useText();
  const confirm = useConfirm();
  const { user } = useSession();
  const change = useAccountChange("patch", MEMBER, { refreshes: [MEMBERS], onDone: () => toast(w.saved) });
  const ask = (role: Role) =>
    confirm({
      title: t.changeTitle,
      act: t.changeAct,
      danger: member.id === user.id,
      onConfirm: () => change.mutateAsync({ path: { user: member.id }, body: { role } }),
      children: (
        <>
          <p>{t.change(member.name, w[role])}</p>
          {member.id === user.id && <p>{t.own}</p>}
        </>
      ),
    });
  return (
    <span title={isLast ? t.lastOwner : undefined}>
      <SelectInput<Role> label={t.roleOf(member.name)} value={member.role} disabled={isLast} options={ROLES.map((role) => ({ value: role, label: w[role] }))} onChange={ask} />
    </span>
  );
}

function Remove({ member, isLast }: { member: Member; isLast: boolean }) {
  const t = useText();
  const w = useWords();
  const confirm = useConfirm();
  const remove = useAccountChange("delete", MEMBER, { refreshes: [MEMBERS], onDone: () => toast(w.saved) });
  const ask = () => confirm({ title: t.removeTitle, act: t.remove, danger: true, onConfirm: () => remove.mutateAsync({ path: { user: member.id } }), children: t.removeAdvice(member.name) });
  return (
    <button type="button" className="m-link m-link-danger" disabled={isLast} title={isLast ? t.lastOwner : undefined} aria-label={`${t.remove} ${member.name}`} onClick={ask}>
      {t.remove}
    </button>
  );
}
