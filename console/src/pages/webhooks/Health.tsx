import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useFormat } from "@/app/format";
import { Tag } from "@/components/Tag";
import { DELIVERIES } from "./api";
import { healthOf } from "./health";
import { useText } from "./text";

const EVERY_MS = 30_000;

/** How the latest deliveries to a webhook went. */
export function Health({ webhook }: { webhook: Schema["Webhook"] }) {
  const t = useText();
  const { moment } = useFormat();
  const deliveries = useAccountRead(DELIVERIES, { path: { webhook: webhook.id } }, { everyMs: EVERY_MS });
  if (!deliveries.data) {
    return <span className="m-muted">&nbsp;</span>;
  }
  const health = healthOf(deliveries.data.deliveries);
  switch (health.state) {
    case "none":
      return <span className="m-muted">{t.healthNone}</span>;
    case "good":
      return (
        <span className="m-row">
          <Tag kind="good">{t.healthGood}</Tag>
          <span className="m-muted m-small">{t.healthLast(moment(health.last))}</span>
        </span>
      );
    case "waiting":
      return <Tag kind="warning">{t.healthWaiting(health.failing)}</Tag>;
    case "given_up":
      return <Tag kind="bad">{t.healthGivenUp(health.failing)}</Tag>;
  }
}
