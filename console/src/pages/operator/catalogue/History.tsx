import { useState } from "react";
import type { Schema } from "@/api/types";
import { useRead } from "@/api/use-api";
import { useWords } from "@/app/words";
import Button from "@/components/Button";
import { DataTable, type Column } from "@/components/DataTable";
import { Modal } from "@/components/Modal";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Moment } from "@/components/Written";
import { Mark } from "../parts/StateTag";
import { Changes } from "./Changes";
import { LinedText } from "./LinedText";
import { useText } from "./text";

type Edition = Schema["Edition"];

/** All editions; each can be looked at and taken as a draft. */
export function History({ editions, onDraft }: { editions: Edition[]; onDraft: (text: string) => void }) {
  const t = useText();
  const [shown, setShown] = useState<Edition | null>(null);
  const newest = editions[0]?.edition;
  const columns: Column<Edition>[] = [
    { key: "edition", title: t.edition, cell: (one) => <span className="m-number">{one.edition}</span>, width: 80 },
    {
      key: "version",
      title: t.version,
      cell: (one) => (
        <span className="m-row">
          <code>{one.version}</code> {one.edition === newest && <Mark mood="success">{t.inForce}</Mark>}
        </span>
      ),
      onPhone: "title",
    },
    { key: "since", title: t.since, cell: (one) => <Moment at={one.since} /> },
    {
      key: "show",
      title: "",
      align: "right",
      cell: (one) => (
        <Button variant="text" theme="primary" onClick={() => setShown(one)}>
          {t.show}
        </Button>
      ),
      onPhone: "actions",
    },
  ];
  return (
    <Card flush>
      <DataTable label={t.history} columns={columns} rows={editions} rowKey={(one) => String(one.edition)} />
      {shown && <EditionDialog edition={shown} onClose={() => setShown(null)} onDraft={onDraft} />}
    </Card>
  );
}

interface EditionDialogProps {
  edition: Edition;
  onClose: () => void;
  onDraft: (text: string) => void;
}

function EditionDialog({ edition, onClose, onDraft }: EditionDialogProps) {
  const w = useWords();
  const t = useText();
  const read = useRead("/api/v1/operator/catalogue/{edition}", { path: { edition: String(edition.edition) } });
  return (
    <Modal
      open
      width={760}
      title={t.editionTitle(edition.edition, edition.version)}
      onClose={onClose}
      footer={
        <>
          <Button variant="outline" theme="default" onClick={onClose}>
            {w.close}
          </Button>
          <Button disabled={!read.data} onClick={() => read.data && onDraft(read.data.text)}>
            {t.toDraft}
          </Button>
        </>
      }
    >
      <PageState of={read}>
        {(one) => (
          <div className="m-stack">
            <section className="m-stack-tight">
              <h3>{t.editionChanges}</h3>
              {one.diff.length === 0 ? <p className="m-muted">{t.firstEdition}</p> : <Changes changes={one.diff} />}
            </section>
            <section className="m-stack-tight">
              <h3>{t.file}</h3>
              <LinedText label={t.file} value={one.text} />
            </section>
          </div>
        )}
      </PageState>
    </Modal>
  );
}
