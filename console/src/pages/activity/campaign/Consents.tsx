import { useState } from "react";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import Button from "@/components/Button";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Moment } from "@/components/Written";
import { useFormat } from "@/app/format";
import { useText } from "./text";

type Consent = Schema["ConsentEntry"];

const CONSENTS = "/api/v1/accounts/{account}/activities/{activity}/campaign/consents";

/** That visitors agreed, as proof; nothing in it tells who they are. */
export function Consents({ activity }: { activity: string }) {
  const t = useText();
  const { count } = useFormat();
  const [limit, setLimit] = useState(20);
  const consents = useAccountRead(CONSENTS, { path: { activity }, query: { limit } }, { keepLast: true });
  const columns: Column<Consent>[] = [
    { key: "at", title: t.at, cell: (consent) => <Moment at={consent.at} />, onPhone: "title" },
    { key: "receipt", title: t.receipt, cell: (consent) => <code>{consent.receipt}</code> },
    { key: "visitor", title: t.visitor, cell: (consent) => <code>{consent.visitor}</code> },
    { key: "digest", title: t.digest, cell: (consent) => <code title={consent.text_digest}>{consent.text_digest.slice(0, 16)}</code> },
  ];
  return (
    <Card flush title={t.consents} actions={consents.data && consents.data.total > 0 && <span className="m-muted m-small">{t.consentsTotal(count(consents.data.total))}</span>}>
      <PageState of={consents}>
        {(read) => (
          <>
            <DataTable label={t.consents} columns={columns} rows={read.consents} rowKey={(consent) => consent.receipt} empty={<Empty small title={t.consentsNone} />} />
            {read.next !== null && limit < 200 && (
              <div className="m-row" style={{ justifyContent: "center", padding: 12 }}>
                <Button variant="text" loading={consents.isFetching} onClick={() => setLimit(200)}>
                  {t.more}
                </Button>
              </div>
            )}
          </>
        )}
      </PageState>
    </Card>
  );
}
