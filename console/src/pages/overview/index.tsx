import { Link } from "react-router";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { useAbout } from "@/app/about";
import { addDays } from "@/app/days";
import { amountOf, isPositive, millionths } from "@/app/exact";
import { useFormat } from "@/app/format";
import { useNow } from "@/app/use-now";
import { useWords } from "@/app/words";
import { ErrorIcon } from "@/components/icons";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Figures, FiguresLoading, type Days } from "./Figures";
import { Grants } from "./Grants";
import { Notices } from "./Notices";
import { Steps } from "./Steps";
import { Tasks } from "./Tasks";
import { tasksOf } from "./tasks";
import { untilNowOf } from "./until-now";
import { useText } from "./text";
import css from "./overview.module.css";

const SHOWN_DAYS = 14;
const EVERY_MS = 60_000;

export default function OverviewPage() {
  const w = useWords();
  const t = useText();
  const { count, dayOf, exactMoment } = useFormat();
  const known = useAbout() !== null;
  const now = useNow();
  const today = dayOf(new Date(now).toISOString());
  const yesterday = addDays(today, -1);
  const overview = useAccountRead("/api/v1/accounts/{account}/overview", {}, { everyMs: EVERY_MS });
  const activities = useAccountRead("/api/v1/accounts/{account}/activities", {});
  const usage = useAccountRead(
    "/api/v1/accounts/{account}/usage",
    { query: { from: addDays(today, -SHOWN_DAYS), to: yesterday, by: "day", split: "none" } },
    { everyMs: EVERY_MS, keepLast: true, enabled: known },
  );
  const hours = useAccountRead(
    "/api/v1/accounts/{account}/usage",
    { query: { from: yesterday, to: yesterday, by: "hour", split: "none" } },
    { everyMs: EVERY_MS, keepLast: true, enabled: known },
  );
  const names = new Map((activities.data?.activities ?? []).map((one) => [one.id, one.name]));
  const newest = activities.data?.activities.at(-1)?.id ?? null;
  const lead = overview.data && `${t.activities(count(overview.data.activities))} · ${t.materials(count(overview.data.materials))}`;
  return (
    <Page title={w.overview} lead={lead ?? <>&nbsp;</>}>
      <PageState of={overview} loading={<Loading />}>
        {(read) => (
          <>
            <Alarm account={read.account} />
            <Figures overview={read} days={usage.data ? daysOf(usage.data) : null} untilNow={hours.data ? untilNowOf(hours.data, exactMoment(new Date(now).toISOString())) : null} />
            {!isPositive(read.account.owed) && <Tasks tasks={tasksOf(activities.data?.activities ?? [], read.grants, now, today)} />}
            <Steps steps={read.first_steps} activity={newest} />
            <div className={css.halves}>
              <Grants grants={read.grants} names={names} today={today} />
              <Notices notices={read.notices} unread={read.unread} />
            </div>
          </>
        )}
      </PageState>
    </Page>
  );
}

function daysOf(usage: Schema["Usage"]): Days {
  return { periods: usage.periods, calls: usage.series[0]?.calls ?? usage.periods.map(() => 0) };
}

/** What stops all calls. */
function Alarm({ account }: { account: Schema["Account"] }) {
  const t = useText();
  const toPage = useToPage();
  const { money } = useFormat();
  const owes = isPositive(account.owed);
  const short = owes ? amountOf(millionths(account.owed) - millionths(account.balance)) : "0.00";
  if (account.state === "active" && !owes) {
    return null;
  }
  return (
    <div className="m-problem" role="alert">
      <ErrorIcon />
      <div className="m-problem-words">
        <p>
          <strong>{owes ? t.owed(money(account.owed), money(short)) : t.suspended}</strong>
        </p>
        <p>{owes ? t.owedAdvice : t.suspendedAdvice}</p>
      </div>
      {owes && (
        <Link to={toPage("bills")} className={css.alarmLink}>
          {t.toBills}
        </Link>
      )}
    </div>
  );
}

function Loading() {
  return (
    <>
      <FiguresLoading />
      <div className={css.halves}>
        <Card>
          <Skeleton height={220} />
        </Card>
        <Card>
          <Skeleton height={220} />
        </Card>
      </div>
    </>
  );
}
