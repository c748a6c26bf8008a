import { Link } from "react-router";
import Tag from "tdesign-react/es/tag";
import Button from "@/components/Button";
import { useAccountChange } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useAccount, useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { useConfirm } from "@/components/Confirm";
import { Empty } from "@/components/Empty";
import { LinkIcon, WarningIcon } from "@/components/icons";
import { Card } from "@/components/Page";
import { toast } from "@/components/toast";
import type { Campaign } from "./draft";
import { useText } from "./text";
import css from "./campaign.module.css";

const CAMPAIGN = "/api/v1/accounts/{account}/activities/{activity}/campaign";

interface StateCardProps {
  activity: Schema["Activity"];
  campaign: Campaign | null;
  isDirty: boolean;
  shown: number;
  onChanged: (campaign: Campaign) => void;
}

/** Whether visitors see the page, why they could not, and the way to change that. */
export function StateCard({ activity, campaign, isDirty, shown, onChanged }: StateCardProps) {
  const t = useText();
  const confirm = useConfirm();
  const { count } = useFormat();
  const { mayEdit } = useAccount();
  const publish = useAccountChange("put", `${CAMPAIGN}/published`, { refreshes: [CAMPAIGN], onDone: onChanged });
  const isPayable = campaign?.payable ?? (activity.licensed_until !== null || activity.free_left > 0);
  if (campaign === null) {
    return (
      <Card>
        <Empty small picture="portrait" title={t.none}>
          {t.noneText}
        </Empty>
        <Warnings activity={activity} isPayable={isPayable} shown={shown} />
      </Card>
    );
  }
  const address = `${window.location.origin}/c/${campaign.slug}`;
  const set = async (published: boolean) => {
    await publish.mutateAsync({ path: { activity: activity.id }, body: { published } });
    toast(published ? t.publishedNow : t.hiddenNow);
  };
  const ask = () =>
    campaign.published
      ? confirm({ title: t.hideTitle, children: t.hideText, act: t.hide, danger: true, onConfirm: () => set(false) })
      : confirm({ title: t.publishTitle, children: t.publishText(address, count(shown)), act: t.publish, onConfirm: () => set(true) });
  const mayPublish = campaign.published || (!isDirty && isPayable && shown > 0);
  return (
    <Card>
      <div className="m-row m-row-apart">
        <div className="m-row">
          <Tag theme={campaign.published ? "success" : "default"} variant="light">
            {campaign.published ? t.published : t.hidden}
          </Tag>
          <code>{address}</code>
        </div>
        <div className="m-row">
          {isDirty && !campaign.published && <span className="m-muted m-small">{t.saveFirst}</span>}
          <a className={css.open} href={campaign.published ? `/c/${campaign.slug}` : `/c/${campaign.slug}?preview=1`} target="_blank" rel="noreferrer">
            <LinkIcon />
            {campaign.published ? t.open : t.openPreview}
          </a>
          {mayEdit && (
            <Button theme={campaign.published ? "default" : "primary"} variant={campaign.published ? "outline" : "base"} disabled={!mayPublish} onClick={ask}>
              {campaign.published ? t.hide : t.publish}
            </Button>
          )}
        </div>
      </div>
      <Warnings activity={activity} isPayable={isPayable} shown={shown} />
    </Card>
  );
}

function Warnings({ activity, isPayable, shown }: { activity: Schema["Activity"]; isPayable: boolean; shown: number }) {
  const t = useText();
  const toPage = useToPage();
  const { count } = useFormat();
  const { mayOwn } = useAccount();
  const buy = mayOwn && <Link to={toPage(`buy?activity=${activity.id}`)}>{t.buy}</Link>;
  return (
    <>
      {!isPayable && (
        <Warning title={t.notPayable} action={buy}>
          {t.notPayableText}
        </Warning>
      )}
      {isPayable && activity.licensed_until === null && (
        <Warning title={t.freeOnly(count(activity.free_left))} action={buy}>
          {t.freeOnlyText}
        </Warning>
      )}
      {shown === 0 && (
        <Warning title={t.nothingShown} action={<Link to={toPage(`activities/${activity.id}/materials`)}>{t.toMaterials}</Link>}>
          {t.nothingShownText}
        </Warning>
      )}
    </>
  );
}

function Warning({ title, children, action }: { title: string; children: string; action: React.ReactNode }) {
  return (
    <div className={css.warning} role="note">
      <WarningIcon />
      <div>
        <strong>{title}</strong>
        <p className="m-muted">
          {children} {action}
        </p>
      </div>
    </div>
  );
}
