import { useId } from "react";
import type { Schema } from "@/api/types";
import { isPositive, less, priceOf, share, tierOf, unitPriceOf } from "@/app/exact";
import { useFormat } from "@/app/format";
import Button from "@/components/Button";
import { Empty } from "@/components/Empty";
import { Card } from "@/components/Page";
import { Money } from "@/components/Written";
import type { FormProps } from "./form";
import { useText } from "./text";
import styles from "./buy.module.css";

/** A pack of calls that all licensed activities share. */
export function PackForm({ catalogue, activities, selection, choose }: FormProps) {
  const t = useText();
  const name = useId();
  const { count, money } = useFormat();
  if (!activities.some((one) => one.licensed_until !== null)) {
    return (
      <Card>
        <Empty picture="money" title={t.noLicensed} actions={<Button onClick={() => choose({ what: "licence" })}>{t.buyLicence}</Button>}>
          {t.noLicensedPack}
        </Empty>
      </Card>
    );
  }
  return (
    <Card title={t.choosePack}>
      <div className="m-stack">
        <div className={styles.options} role="radiogroup" aria-label={t.choosePack}>
          {catalogue.packs.map((pack) => (
            <label key={pack.id} className={styles.option}>
              <input type="radio" name={name} checked={pack.id === selection.pack} onChange={() => choose({ pack: pack.id })} />
              <span className={styles.optionHead}>
                <strong>{t.calls(count(pack.calls))}</strong>
                <strong>
                  <Money amount={pack.price} />
                </strong>
              </span>
              <span className="m-muted m-small">
                {t.each(money(unitPriceOf(pack.price, pack.calls)))} · {t.validFor(count(pack.valid_days))}
              </span>
              <Comparison pack={pack} tiers={catalogue.postpaid} />
            </label>
          ))}
        </div>
        <p className="m-muted m-small">{t.compareNote}</p>
      </div>
    </Card>
  );
}


const MONTHS = 12;

/** What the same calls would cost without the pack, used up fast or slowly. */
function Comparison({ pack, tiers }: { pack: Schema["SharedPack"]; tiers: Schema["Tier"][] }) {
  const t = useText();
  const cases = [
    [t.spread, Math.ceil(pack.calls / MONTHS)],
    [t.once, pack.calls],
  ] as const;
  return (
    <span className={styles.compare}>
      {cases.map(([label, inMonth]) => {
        const tier = tierOf(tiers, inMonth);
        return tier === undefined ? null : <Against key={label} label={label} price={pack.price} postpaid={priceOf(pack.calls, tier.unit_price)} />;
      })}
    </span>
  );
}

function Against({ label, price, postpaid }: { label: string; price: string; postpaid: string }) {
  const t = useText();
  const { money, percent } = useFormat();
  const saved = less(postpaid, price);
  const words = isPositive(saved) ? t.cheaper(money(saved), percent(share(saved, postpaid))) : isPositive(less(price, postpaid)) ? t.dearer(money(less(price, postpaid))) : t.same;
  return (
    <span>
      <span className="m-muted">{label}</span> <span className={isPositive(saved) ? styles.saves : undefined}>{words}</span>
    </span>
  );
}
