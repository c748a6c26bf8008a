import { useCallback } from "react";
import { Link, useSearchParams } from "react-router";
import { useAccountRead } from "@/api/use-api";
import { useToPage } from "@/app/account";
import { useWords } from "@/app/words";
import { Choice } from "@/components/Choice";
import { useCatalogue } from "@/components/names";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { LicenceForm } from "./LicenceForm";
import { PackForm } from "./PackForm";
import { QpsForm } from "./QpsForm";
import { purchaseOf, readSelection, writeSelection, type Selection, type What } from "./selection";
import { Summary } from "./Summary";
import { useText } from "./text";
import styles from "./buy.module.css";

export default function BuyPage() {
  const w = useWords();
  const t = useText();
  const toPage = useToPage();
  const [selection, choose] = useSelection();
  const activities = useAccountRead("/api/v1/accounts/{account}/activities", {});
  const catalogue = useCatalogue();
  const purchase = purchaseOf(selection, activities.data?.activities ?? []);
  return (
    <Page title={w.buy} lead={t.lead} actions={<Link to={toPage("planner")}>{t.planFirst}</Link>}>
      <Choice<What>
        label={t.what}
        value={selection.what}
        onChange={(what) => choose({ what })}
        options={[
          { value: "licence", label: t.licence },
          { value: "qps", label: t.qps },
          { value: "pack", label: t.pack },
        ]}
      />
      <div className={styles.board}>
        <div className={styles.form}>
          <PageState of={catalogue} loading={<Waiting />}>
            {(goods) => (
              <PageState of={activities} loading={<Waiting />}>
                {(read) => {
                  const common = { catalogue: goods, activities: read.activities, selection, choose };
                  return selection.what === "licence" ? <LicenceForm {...common} /> : selection.what === "qps" ? <QpsForm {...common} /> : <PackForm {...common} />;
                }}
              </PageState>
            )}
          </PageState>
        </div>
        <Summary purchase={purchase} contact={catalogue.data?.contact ?? ""} />
      </div>
    </Page>
  );
}

function Waiting() {
  return (
    <Card>
      <Skeleton height={320} />
    </Card>
  );
}

function useSelection(): [Selection, (change: Partial<Selection>) => void] {
  const [params, setParams] = useSearchParams();
  const choose = useCallback(
    (change: Partial<Selection>) => setParams((before) => writeSelection({ ...readSelection(before), ...change }), { replace: true, preventScrollReset: true }),
    [setParams],
  );
  return [readSelection(params), choose];
}
