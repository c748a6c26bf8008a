import { useState } from "react";
import type { Schema } from "@/api/types";
import { useAccountChange, useAccountRead } from "@/api/use-api";
import { useAccount } from "@/app/account";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { useConfirm } from "@/components/Confirm";
import { CopyId } from "@/components/CopyId";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Hint } from "@/components/Hint";
import { AddIcon } from "@/components/icons";
import { useActivityName } from "@/components/names";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Tag } from "@/components/Tag";
import { toast } from "@/components/toast";
import { Moment } from "@/components/Written";
import { KEY, KEYS } from "./api";
import { EditKey, NewKey } from "./KeyForm";
import { useText } from "./text";

export default function KeysPage() {
  const w = useWords();
  const t = useText();
  const { mayOwn } = useAccount();
  const keys = useAccountRead(KEYS, {});
  const [creating, setCreating] = useState(false);
  const create = mayOwn && (
    <Button icon={<AddIcon />} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  );
  return (
    <Page title={w.keys} lead={t.lead} actions={create}>
      {!mayOwn && <Hint>{t.ownersOnly}</Hint>}
      <Card flush>
        <PageState of={keys}>{(read) => <Keys keys={read.keys} empty={<Empty picture="locked" title={t.none} actions={create}>{t.noneAdvice}</Empty>} />}</PageState>
      </Card>
      {creating && <NewKey onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Keys({ keys, empty }: { keys: Schema["Key"][]; empty: React.ReactNode }) {
  const w = useWords();
  const t = useText();
  const { mayOwn } = useAccount();
  const activity = useActivityName();
  const columns: Column<Schema["Key"]>[] = [
    { key: "id", title: "SecretId", cell: (key) => <CopyId id={key.secret_id} />, onPhone: "title" },
    { key: "label", title: t.label, cell: (key) => key.label || <span className="m-muted">—</span>, sortBy: (key) => key.label },
    { key: "state", title: t.state, cell: (key) => (key.state === "enabled" ? <Tag kind="good">{t.enabled}</Tag> : <Tag>{t.disabled}</Tag>), sortBy: (key) => key.state },
    { key: "pays", title: t.pays, cell: (key) => (key.pays === null ? <span className="m-muted">—</span> : activity(key.pays)) },
    { key: "created", title: t.created, cell: (key) => <Moment at={key.created} />, sortBy: (key) => key.created },
    ...(mayOwn ? [{ key: "actions", title: "", align: "right", cell: (key: Schema["Key"]) => <KeyActions of={key} />, onPhone: "actions" } satisfies Column<Schema["Key"]>] : []),
  ];
  return <DataTable label={w.keys} columns={columns} rows={keys} rowKey={(key) => key.secret_id} empty={empty} />;
}

function KeyActions({ of: key }: { of: Schema["Key"] }) {
  const w = useWords();
  const t = useText();
  const confirm = useConfirm();
  const change = useAccountChange("patch", KEY, { refreshes: [KEYS], onDone: () => toast(w.saved) });
  const remove = useAccountChange("delete", KEY, { refreshes: [KEYS], onDone: () => toast(w.deleted) });
  const [editing, setEditing] = useState(false);
  const path = { secret_id: key.secret_id };
  const askState = () => {
    const [state, words] = key.state === "enabled" ? (["disabled", [t.disableTitle, t.disable, t.disableAdvice]] as const) : (["enabled", [t.enableTitle, t.enable, t.enableAdvice]] as const);
    const [title, act, advice] = words;
    confirm({ title, act, danger: state === "disabled", onConfirm: () => change.mutateAsync({ path, body: { state } }), children: <Named of={key}>{advice}</Named> });
  };
  const askDelete = () => confirm({ title: t.deleteTitle, act: w.delete, danger: true, onConfirm: () => remove.mutateAsync({ path }), children: <Named of={key}>{t.deleteAdvice}</Named> });
  return (
    <>
      <span className="m-links">
        <button type="button" className="m-link" onClick={() => setEditing(true)} aria-label={`${w.edit} ${key.secret_id}`}>
          {w.edit}
        </button>
        <button type="button" className="m-link" onClick={askState} aria-label={`${key.state === "enabled" ? t.disable : t.enable} ${key.secret_id}`}>
          {key.state === "enabled" ? t.disable : t.enable}
        </button>
        <button type="button" className="m-link m-link-danger" onClick={askDelete} aria-label={`${w.delete} ${key.secret_id}`}>
          {w.delete}
        </button>
      </span>
      {editing && <EditKey of={key} onClose={() => setEditing(false)} />}
    </>
  );
}

function Named({ of: key, children }: { of: Schema["Key"]; children: React.ReactNode }) {
  return (
    <div className="m-stack-tight">
      <p>
        <code>{key.secret_id}</code> {key.label}
      </p>
      <p>{children}</p>
    </div>
  );
}
