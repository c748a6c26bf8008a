import type { Schema } from "@/api/types";
import { tierOf } from "@/app/exact";
import { useFormat } from "@/app/format";
import { texts } from "@/i18n";
import { Tag } from "./Tag";
import "./tier-ladder.css";

const useText = texts(
  {
    label: "月结后付费档位",
    range: (first: string, last: string) => `${first} – ${last} 次`,
    beyond: (first: string) => `${first} 次以上`,
    each: "/ 次",
    reached: "本月所达档位",
    note: "当月后付费总量达到哪一档，全部后付费调用都按该档单价计费。",
  },
  {
    label: "Postpaid tiers",
    range: (first: string, last: string) => `${first} – ${last} calls`,
    beyond: (first: string) => `${first} calls and more`,
    each: "a call",
    reached: "Reached this month",
    note: "The tier that the month's total of postpaid calls reaches prices all of them.",
  },
);

/** The tiers of the postpaid price, and the one that a total reaches. */
export function TierLadder({ tiers, calls }: { tiers: Schema["Tier"][]; calls: number }) {
  const t = useText();
  const { count, money } = useFormat();
  const reached = tierOf(tiers, calls);
  return (
    <div>
      <ol className="m-plain m-tiers" aria-label={t.label}>
        {tiers.map((tier, index) => (
          <li key={tier.first} className={tier === reached ? "m-tier-reached" : undefined} aria-current={tier === reached ? "true" : undefined}>
            <span className="m-tier-steps" aria-hidden="true">
              {tiers.map((_, step) => (
                <span key={step} data-on={step <= index || undefined} />
              ))}
            </span>
            <strong className="m-number">
              {money(tier.unit_price)} <small>{t.each}</small>
            </strong>
            <span className="m-muted m-small m-number">{tier.last === null ? t.beyond(count(tier.first)) : t.range(count(tier.first), count(tier.last))}</span>
            {tier === reached && <Tag kind="brand">{t.reached}</Tag>}
          </li>
        ))}
      </ol>
      <p className="m-muted m-small m-tiers-note">{t.note}</p>
    </div>
  );
}
