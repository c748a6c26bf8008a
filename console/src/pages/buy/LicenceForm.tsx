import { useId, useState } from "react";
import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { useLanguage } from "@/i18n";
import { Empty } from "@/components/Empty";
import { Hint } from "@/components/Hint";
import { Card } from "@/components/Page";
import { Tag } from "@/components/Tag";
import { Money } from "@/components/Written";
import { ActivityChoice } from "./ActivityChoice";
import type { FormProps } from "./form";
import { QpsPicker } from "./QpsPicker";
import { useText } from "./text";
import styles from "./buy.module.css";

/** The licence of an activity: its quota decides the package. */
export function LicenceForm({ catalogue, activities, selection, choose }: FormProps) {
  const t = useText();
  const toPage = useToPage();
  if (activities.length === 0) {
    return (
      <Card>
        <Empty picture="portrait" title={t.noActivity} actions={<Link to={toPage("activities")}>{t.newActivity}</Link>}>
          {t.noActivityAdvice}
        </Empty>
      </Card>
    );
  }
  const activity = activities.find((one) => one.id === selection.activity);
  return (
    <>
      <ActivityChoice activities={activities} value={selection.activity} onChange={(id) => choose({ activity: id, range: null, extra: 0 })} />
      <Packages packages={catalogue.licences} activity={activity} />
      {activity && <OptionalQps key={activity.id} {...{ catalogue, activity, selection, choose }} />}
    </>
  );
}

function Packages({ packages, activity }: { packages: Schema["Package"][]; activity: Schema["Activity"] | undefined }) {
  const t = useText();
  const toPage = useToPage();
  const { lastDayBefore } = useFormat();
  const licensed = activity?.licensed_until ?? null;
  return (
    <Card title={t.package}>
      <div className="m-stack">
        {licensed !== null && <Hint title={t.renewal}>{t.renewalFrom(lastDayBefore(licensed))}</Hint>}
        <ul className={`m-plain ${styles.packages}`}>
          {packages.map((one) => (
            <PackageCard key={one.id} one={one} activity={activity} />
          ))}
        </ul>
        {activity && <p className="m-muted m-small">{licensed === null ? <Link to={toPage(`activities/${activity.id}/settings`)}>{t.changeQuota}</Link> : t.locked}</p>}
      </div>
    </Card>
  );
}

function PackageCard({ one, activity }: { one: Schema["Package"]; activity: Schema["Activity"] | undefined }) {
  const t = useText();
  const language = useLanguage();
  const { count } = useFormat();
  const fits = activity !== undefined && activity.quota === one.materials;
  const state = activity === undefined ? "" : fits ? styles.fits : styles.unfit;
  return (
    <li className={`${styles.package} ${state}`} aria-current={fits ? "true" : undefined}>
      <h3>{one.name[language]}</h3>
      <p className={styles.price}>
        <strong>
          <Money amount={one.price} />
        </strong>{" "}
        <span className="m-muted m-small">{t.perYear}</span>
      </p>
      <ul className={styles.brings}>
        <li>{t.packCalls(count(one.calls))}</li>
        <li>{t.packQps(count(one.qps))}</li>
        <li>{t.packMaterials(count(one.materials))}</li>
        <li>{t.packWindow(count(one.update_days))}</li>
      </ul>
      {activity && <p className={styles.why}>{fits ? <Tag kind="brand">{t.fits}</Tag> : <span className="m-small">{t.fitsNot(count(one.materials), count(activity.quota))}</span>}</p>}
    </li>
  );
}

function OptionalQps({ catalogue, activity, selection, choose }: Omit<FormProps, "activities"> & { activity: Schema["Activity"] }) {
  const t = useText();
  const id = useId();
  const [open, setOpen] = useState(selection.extra > 0);
  const fixed = catalogue.licences.find((one) => one.materials === activity.quota)?.qps;
  const toggle = () => {
    setOpen(!open);
    choose({ range: null, extra: 0 });
  };
  return (
    <Card>
      <div className={styles.optional}>
        <input id={id} type="checkbox" checked={open} onChange={toggle} aria-describedby={`${id}-hint`} />
        <div>
          <label htmlFor={id}>{t.addQps}</label>
          <p id={`${id}-hint`} className="m-muted m-small">
            {t.addQpsHint}
          </p>
        </div>
      </div>
      {open && (
        <div className={styles.optionalBody}>
          <QpsPicker catalogue={catalogue} activity={activity} selection={selection} choose={choose} newFixed={fixed} />
        </div>
      )}
    </Card>
  );
}
