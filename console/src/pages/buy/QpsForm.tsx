import Button from "@/components/Button";
import { Empty } from "@/components/Empty";
import { Card } from "@/components/Page";
import { ActivityChoice } from "./ActivityChoice";
import type { FormProps } from "./form";
import { QpsPicker } from "./QpsPicker";
import { useText } from "./text";

/** More calls a second for chosen days of a licensed activity. */
export function QpsForm({ catalogue, activities, selection, choose }: FormProps) {
  const t = useText();
  const licensed = activities.filter((one) => one.licensed_until !== null);
  if (licensed.length === 0) {
    return (
      <Card>
        <Empty picture="chart" title={t.noLicensed} actions={<Button onClick={() => choose({ what: "licence" })}>{t.buyLicence}</Button>}>
          {t.noLicensedQps}
        </Empty>
      </Card>
    );
  }
  const activity = licensed.find((one) => one.id === selection.activity);
  return (
    <>
      <ActivityChoice activities={licensed} value={selection.activity} onChange={(id) => choose({ activity: id })} />
      {activity && (
        <Card title={t.chooseDays}>
          <QpsPicker catalogue={catalogue} activity={activity} selection={selection} choose={choose} />
        </Card>
      )}
    </>
  );
}
