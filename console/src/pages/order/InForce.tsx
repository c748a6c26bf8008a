import { Link } from "react-router";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { Card, Facts } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { ActivityLink } from "@/components/OrderLines";
import { Skeleton } from "@/components/Skeleton";
import { useWords } from "@/app/words";
import { Count, LastDay } from "@/components/Written";
import { useText } from "./text";

/** What the account has now of what an order was about. */
export function InForce({ purchase }: { purchase: Schema["Purchase"] }) {
  const t = useText();
  return (
    <Card title={t.inForce}>
      <div className="m-stack">{purchase.buy === "pack" ? <OfPacks /> : <OfActivity id={purchase.activity} />}</div>
    </Card>
  );
}

function OfActivity({ id }: { id: string }) {
  const t = useText();
  const w = useWords();
  const toPage = useToPage();
  const activity = useAccountRead("/api/v1/accounts/{account}/activities/{activity}", { path: { activity: id } });
  return (
    <PageState of={activity} loading={<Skeleton lines={3} />}>
      {(now) => (
        <>
          <Facts
            facts={[
              [w.activity, <ActivityLink key="a" id={id} />],
              [t.licensedUntil, now.licensed_until === null ? t.unlicensed : <LastDay key="l" ends={now.licensed_until} />],
              [t.qpsNow, <Count key="q" value={now.qps} />],
              [t.licenceLeft, <Count key="c" value={now.licence_left} />],
              ...(now.materials_frozen_from === null ? [] : [[t.frozen, <LastDay key="f" ends={now.materials_frozen_from} />] satisfies [string, React.ReactNode]]),
            ]}
          />
          <p className="m-row m-no-print">
            <Link to={toPage(`activities/${id}/licence`)}>{t.toActivity}</Link>
            <Link to={toPage(`activities/${id}/materials`)}>{t.toUpload}</Link>
          </p>
        </>
      )}
    </PageState>
  );
}

function OfPacks() {
  const t = useText();
  const toPage = useToPage();
  const grants = useAccountRead("/api/v1/accounts/{account}/grants", {});
  return (
    <PageState of={grants} loading={<Skeleton lines={3} />}>
      {(read) => {
        const usable = read.grants.filter((grant) => grant.kind === "pack" && grant.ends !== null && Date.parse(grant.ends) > Date.now() && grant.used < grant.total);
        return (
          <>
            <Facts
              facts={usable.length === 0 ? [[t.sharedLeft, t.sharedNone]] : usable.map((grant) => [<>{t.sharedLeft} · <LastDay ends={grant.ends ?? ""} /></>, <Count key={grant.id} value={grant.total - grant.used} />])}
            />
            <p className="m-no-print">
              <Link to={toPage("usage?split=charged_to")}>{t.toUsage}</Link>
            </p>
          </>
        );
      }}
    </PageState>
  );
}
