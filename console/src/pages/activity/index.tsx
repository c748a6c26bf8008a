import { lazy, Suspense, type ComponentType } from "react";
import { Link, Navigate, NavLink, useParams } from "react-router";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useAccount, useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { CopyId } from "@/components/CopyId";
import { Empty } from "@/components/Empty";
import { LicenceTag } from "@/components/LicenceTag";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { useText } from "./text";
import css from "./activity.module.css";

type Activity = Schema["Activity"];
type TabName = "materials" | "tuning" | "licence" | "campaign" | "settings";
type Tab = ComponentType<{ activity: Activity }>;

const EVERY_MS = 30_000;

// A part that is not in the build has no tab.
const found = import.meta.glob<Record<string, Tab>>(["./licence/{index,LicenceTab}.tsx", "./campaign/{index,CampaignTab}.tsx"]);

function partOf(folder: string, name: string): Tab | null {
  const load = found[`./${folder}/index.tsx`] ?? found[`./${folder}/${name}.tsx`];
  return load === undefined ? null : lazy(async () => ({ default: (await load())[name] as Tab }));
}

const tabs: Record<TabName, Tab | null> = {
  materials: lazy(async () => ({ default: (await import("./materials/MaterialsTab")).MaterialsTab })),
  tuning: lazy(async () => ({ default: (await import("./tuning/TuningTab")).TuningTab })),
  licence: partOf("licence", "LicenceTab"),
  campaign: partOf("campaign", "CampaignTab"),
  settings: lazy(async () => ({ default: (await import("./settings/SettingsTab")).SettingsTab })),
};
const names = (Object.keys(tabs) as TabName[]).filter((name) => tabs[name] !== null);

export default function ActivityPage() {
  const w = useWords();
  const t = useText();
  const toPage = useToPage();
  const { activity: id = "", tab } = useParams();
  const activity = useAccountRead("/api/v1/accounts/{account}/activities/{activity}", { path: { activity: id } }, { everyMs: EVERY_MS });
  const now = names.find((name) => name === tab);
  if (now === undefined) {
    return <Navigate to={toPage(`activities/${id}/materials`)} replace />;
  }
  const crumbs = [{ label: w.activities, to: toPage("activities") }, { label: activity.data?.name ?? id }];
  if (activity.error?.status === 404) {
    return (
      <Page title={t.goneTitle} crumbs={crumbs}>
        <Empty picture="lost" title={t.goneTitle} actions={<Link to={toPage("activities")}>{t.toActivities}</Link>}>
          {t.goneText}
        </Empty>
      </Page>
    );
  }
  return (
    <Page
      wide
      title={activity.data?.name ?? <>&nbsp;</>}
      tabTitle={activity.data ? `${activity.data.name} · ${t[now]}` : t[now]}
      crumbs={crumbs}
      lead={activity.data ? <Lead activity={activity.data} /> : <>&nbsp;</>}
      actions={activity.data && <Buy activity={activity.data} />}
    >
      <nav className={css.tabs} aria-label={t.tabs}>
        {names.map((name) => (
          <NavLink key={name} to={toPage(`activities/${id}/${name}`)} replace>
            {t[name]}
          </NavLink>
        ))}
      </nav>
      <PageState of={activity} loading={<TabLoading />}>
        {(read) => <Shown tab={tabs[now]} activity={read} key={`${id}/${now}`} />}
      </PageState>
    </Page>
  );
}

function Shown({ tab: Part, activity }: { tab: Tab | null; activity: Activity }) {
  return Part && <Suspense fallback={<TabLoading />}>{<Part activity={activity} />}</Suspense>;
}

function TabLoading() {
  return (
    <Card>
      <Skeleton height={360} />
    </Card>
  );
}

function Lead({ activity }: { activity: Activity }) {
  const t = useText();
  const w = useWords();
  const { count, lastDayBefore } = useFormat();
  const licensed = activity.licensed_until;
  return (
    <span className={css.lead}>
      <LicenceTag activity={activity} />
      <CopyId id={activity.id} />
      <span>{activity.algorithm === "natural" ? w.natural : w.likeness}</span>
      <span className="m-number">{t.qps(count(activity.qps))}</span>
      <span className="m-number">{t.free(count(activity.free_left), count(activity.free_total))}</span>
      {licensed !== null && <span className="m-number">{t.pack(count(activity.licence_left))}</span>}
      {licensed !== null && <span className="m-number">{t.until(lastDayBefore(licensed))}</span>}
    </span>
  );
}

/** The way to a licence, for who may take it. */
function Buy({ activity }: { activity: Activity }) {
  const t = useText();
  const toPage = useToPage();
  const { mayOwn } = useAccount();
  if (activity.licensed_until !== null || !mayOwn) {
    return null;
  }
  return (
    <Link to={toPage(`buy?activity=${activity.id}`)} className={css.buy}>
      {t.buy}
    </Link>
  );
}
