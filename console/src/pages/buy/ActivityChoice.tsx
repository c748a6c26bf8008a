import { useId } from "react";
import type { Schema } from "@/api/types";
import { useFormat } from "@/app/format";
import { Card } from "@/components/Page";
import { Tag } from "@/components/Tag";
import { useText } from "./text";
import styles from "./buy.module.css";

interface ActivityChoiceProps {
  activities: Schema["Activity"][];
  value: string | null;
  onChange: (activity: string) => void;
}

/** The activity that something is bought for. */
export function ActivityChoice({ activities, value, onChange }: ActivityChoiceProps) {
  const t = useText();
  const { count, lastDayBefore } = useFormat();
  const name = useId();
  return (
    <Card title={t.chooseActivity}>
      <div className={styles.options} role="radiogroup" aria-label={t.chooseActivity}>
        {activities.map((activity) => (
          <label key={activity.id} className={styles.option}>
            <input type="radio" name={name} checked={activity.id === value} onChange={() => onChange(activity.id)} />
            <span className={styles.optionHead}>
              <strong>{activity.name}</strong>
              <span className="m-muted m-small">{activity.id}</span>
            </span>
            <span className="m-row">
              {activity.licensed_until === null ? <Tag>{t.unlicensed}</Tag> : <Tag kind="good">{t.licensedUntil(lastDayBefore(activity.licensed_until))}</Tag>}
              <span className="m-muted m-small">{t.quota(count(activity.quota))}</span>
            </span>
          </label>
        ))}
      </div>
    </Card>
  );
}
