import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useAccount, useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { Hint } from "@/components/Hint";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { withPurchase } from "@/components/qps-calendar/days";
import { QpsCalendar } from "@/components/qps-calendar/QpsCalendar";
import { Skeleton } from "@/components/Skeleton";
import { Grants } from "./Grants";
import { Timeline } from "./Timeline";
import { useText } from "./text";
import styles from "./licence.module.css";

const DAYS = 31;

/** The licence of an activity, what pays for its calls, and its calls a second by day. */
export function LicenceTab({ activity }: { activity: Schema["Activity"] }) {
  const t = useText();
  return (
    <div className="m-stack">
      <Doors activity={activity} />
      {activity.licence === null ? <Unlicensed activity={activity} /> : <Timeline licence={activity.licence} until={activity.licensed_until} />}
      <div className={styles.board}>
        <Card title={t.grants}>
          <Grants activity={activity} />
        </Card>
        <Card title={t.calendar}>
          <Calendar activity={activity} />
        </Card>
      </div>
    </div>
  );
}

/** What can be bought for it. */
function Doors({ activity }: { activity: Schema["Activity"] }) {
  const t = useText();
  const toPage = useToPage();
  const { mayOwn } = useAccount();
  const licensed = activity.licensed_until !== null;
  return (
    <nav className={styles.doors} aria-label={t.buy}>
      {mayOwn && (
        <Link className={styles.main} to={toPage(`buy?what=licence&activity=${activity.id}`)}>
          {licensed ? t.renew : t.buy}
        </Link>
      )}
      {mayOwn && licensed && <Link className={styles.side} to={toPage(`buy?what=qps&activity=${activity.id}`)}>{t.upgrade}</Link>}
      <Link to={toPage("orders")}>{t.orders}</Link>
    </nav>
  );
}

function Unlicensed({ activity }: { activity: Schema["Activity"] }) {
  const t = useText();
  const { count } = useFormat();
  return (
    <Hint kind="warning" title={t.unlicensedTitle}>
      {t.unlicensed(count(activity.free_left), count(activity.free_total), count(activity.qps))}
    </Hint>
  );
}

function Calendar({ activity }: { activity: Schema["Activity"] }) {
  const t = useText();
  const { count } = useFormat();
  const calendar = useAccountRead("/api/v1/accounts/{account}/activities/{activity}/qps", { path: { activity: activity.id }, query: { days: DAYS } });
  return (
    <PageState of={calendar} loading={<Skeleton height={400} />}>
      {({ days, ceiling }) => (
        <div className="m-stack-tight">
          <QpsCalendar days={withPurchase(days, { range: null, extra: 0, ceiling })} upgraded={(day) => (days.find((one) => one.day === day)?.upgrades ?? 0)} range={null} />
          <p className="m-muted m-small">{t.calendarNote(count(ceiling))}</p>
        </div>
      )}
    </PageState>
  );
}
