import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useFormat } from "@/app/format";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { Tag } from "@/components/Tag";
import { LastDay } from "@/components/Written";
import { useText } from "./text";
import styles from "./licence.module.css";

/** The rights that pay for an activity's calls, in the order in which they pay. */
export function Grants({ activity }: { activity: Schema["Activity"] }) {
  const t = useText();
  const grants = useAccountRead("/api/v1/accounts/{account}/grants", {});
  const licensed = activity.licensed_until !== null;
  return (
    <PageState of={grants} loading={<Skeleton lines={6} />}>
      {(read) => (
        <div className="m-stack">
          <ul className={`m-plain ${styles.grants}`}>
            {inOrder(read.grants.filter((one) => one.activity === activity.id || (licensed && one.activity === null))).map((grant) => (
              <Grant key={grant.id} grant={grant} />
            ))}
          </ul>
          <p className="m-muted m-small">{t.order}</p>
        </div>
      )}
    </PageState>
  );
}

const RANK: Record<Schema["GrantKind"], number> = { free: 0, licence: 1, pack: 2 };

function inOrder(grants: Schema["Grant"][]): Schema["Grant"][] {
  return [...grants].sort((a, b) => RANK[a.kind] - RANK[b.kind] || (a.ends ?? "").localeCompare(b.ends ?? "") || Number(a.id) - Number(b.id));
}

function Grant({ grant }: { grant: Schema["Grant"] }) {
  const t = useText();
  const { count, dayOf } = useFormat();
  const today = dayOf(new Date().toISOString());
  const over = grant.ends !== null && dayOf(grant.ends) <= today;
  const left = grant.total - grant.used;
  return (
    <li className={over || left === 0 ? styles.spent : undefined}>
      <div className="m-row m-row-apart">
        <strong>{t[grant.kind]}</strong>
        {over ? <Tag>{t.over}</Tag> : left === 0 ? <Tag>{t.usedUp}</Tag> : <span className="m-number">{t.left(count(left))}</span>}
      </div>
      <div className={styles.bar} role="img" aria-label={t.used(count(grant.used), count(grant.total))}>
        <span style={{ width: `${(100 * grant.used) / Math.max(1, grant.total)}%` }} />
      </div>
      <div className="m-row m-row-apart m-muted m-small">
        <span className="m-number">{t.used(count(grant.used), count(grant.total))}</span>
        <span>{grant.ends === null ? t.never : <>{t.runsUntil} <LastDay ends={grant.ends} /></>}</span>
      </div>
    </li>
  );
}
