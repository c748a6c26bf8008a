import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { Empty } from "@/components/Empty";
import { Card } from "@/components/Page";
import { useText } from "./text";
import css from "./overview.module.css";

type Forecast = Schema["GrantForecast"];

interface GrantsProps {
  grants: Forecast[];
  /** Names of activities by id. */
  names: ReadonlyMap<string, string>;
  /** The day it is now, in the zone of the books. */
  today: string;
}

/** What is left to call with, and until when it lasts. */
export function Grants({ grants, names, today }: GrantsProps) {
  const t = useText();
  const toPage = useToPage();
  return (
    <Card title={t.grants} actions={<Link to={toPage("usage?split=charged_to")}>{t.allGrants}</Link>}>
      {grants.length === 0 ? (
        <Empty small picture="chart" title={t.grantsNone}>
          {t.grantsNoneAdvice}
        </Empty>
      ) : (
        <ul className={`m-plain ${css.grants}`}>
          {grants.map((grant) => (
            <GrantRow key={grant.id} grant={grant} names={names} today={today} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function GrantRow({ grant, names, today }: { grant: Forecast; names: ReadonlyMap<string, string>; today: string }) {
  const t = useText();
  const { count } = useFormat();
  const name = grant.activity === null ? "" : (names.get(grant.activity) ?? grant.activity);
  const title = { free: t.free(name), licence: t.licencePack(name), pack: t.pack }[grant.kind];
  const part = grant.total > 0 ? grant.left / grant.total : 0;
  const low = part <= 0.05 ? css.barOut : part <= 0.2 ? css.barLow : "";
  const soon = grant.runs_out_on !== null && daysBetween(today, grant.runs_out_on) <= 7;
  return (
    <li className={css.grant}>
      <div className={css.apart}>
        <span className={css.grantTitle}>{title}</span>
        <span className="m-number">{t.left(count(grant.left), count(grant.total))}</span>
      </div>
      <div className={`${css.bar} ${low}`} role="img" aria-label={t.left(count(grant.left), count(grant.total))}>
        <span style={{ inlineSize: `${Math.max(part * 100, grant.left > 0 ? 1 : 0)}%` }} />
      </div>
      <div className={`${css.apart} m-small m-muted`}>
        <span className={soon ? css.soon : undefined}>{useForecast(grant, today)}</span>
        {grant.per_day > 0 && <span className="m-number">{t.perDay(count(grant.per_day))}</span>}
      </div>
    </li>
  );
}

function useForecast(grant: Forecast, today: string): string {
  const t = useText();
  const { lastDayBefore } = useFormat();
  if (grant.runs_out_on !== null) {
    return grant.runs_out_on <= today ? t.runsOutToday : t.runsOut(grant.runs_out_on);
  }
  if (grant.ends === null) {
    return t.untouchedFree;
  }
  const last = lastDayBefore(grant.ends);
  return grant.per_day > 0 ? t.lasts(last) : t.untouched(last);
}

/** Whole days from one day to another, both as `2026-11-24`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
