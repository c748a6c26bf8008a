import { Link, useNavigate } from "react-router";
import { useAccountRead } from "@/api/use-api";
import type { Schema } from "@/api/types";
import { useAccount, useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { materialState, thumbnailOf } from "@/app/material-state";
import { useNow } from "@/app/use-now";
import { useWords } from "@/app/words";
import { CopyId } from "@/components/CopyId";
import { BuyIcon, DeleteIcon, EditIcon, ImageIcon, LockIcon, MoreIcon, SettingsIcon } from "@/components/icons";
import { LicenceTag } from "@/components/LicenceTag";
import { MenuButton, type MenuItem } from "@/components/MenuButton";
import { useText } from "./text";
import css from "./activities.module.css";

type Activity = Schema["Activity"];

interface ActivityCardProps {
  activity: Activity;
  onDelete: (activity: Activity) => void;
}

/** An activity at a glance; the whole card leads to its materials. */
export function ActivityCard({ activity, onDelete }: ActivityCardProps) {
  const t = useText();
  const w = useWords();
  const { count } = useFormat();
  const toPage = useToPage();
  const used = activity.quota > 0 ? activity.materials / activity.quota : 0;
  return (
    <li className={css.card}>
      <Cover activity={activity} />
      <div className={css.body}>
        <div className={css.head}>
          <h2 className={css.name}>
            <Link to={toPage(`activities/${activity.id}/materials`)}>{activity.name}</Link>
          </h2>
          <Menu activity={activity} onDelete={onDelete} />
        </div>
        <div className={css.tags}>
          <LicenceTag activity={activity} />
          <span className="m-small m-muted">{activity.algorithm === "natural" ? w.natural : w.likeness}</span>
          <span className="m-small m-muted m-number">{t.qps(count(activity.qps))}</span>
          <span className={css.id}>
            <CopyId id={activity.id} />
          </span>
        </div>
        {activity.details !== "" && <p className={css.details}>{activity.details}</p>}
        <div className={css.foot}>
          <div className={css.apart}>
            <span>{t.materials(count(activity.materials), count(activity.quota))}</span>
            <CallsLeft activity={activity} />
          </div>
          <div className={css.bar} aria-hidden="true">
            <span style={{ inlineSize: `${Math.min(used, 1) * 100}%` }} />
          </div>
          <LicenceLine activity={activity} />
        </div>
      </div>
    </li>
  );
}

function CallsLeft({ activity }: { activity: Activity }) {
  const t = useText();
  const { count } = useFormat();
  const parts = [
    activity.free_left > 0 ? t.freeLeft(count(activity.free_left)) : null,
    activity.licensed_until !== null ? t.packLeft(count(activity.licence_left)) : null,
  ].filter((part) => part !== null);
  return <span>{parts.length > 0 ? parts.join(" · ") : t.freeGone}</span>;
}

function LicenceLine({ activity }: { activity: Activity }) {
  const t = useText();
  const { lastDayBefore } = useFormat();
  const now = useNow();
  if (activity.licensed_until === null) {
    return null;
  }
  const frozenFrom = activity.materials_frozen_from;
  const frozen = frozenFrom !== null && Date.parse(frozenFrom) <= now;
  return (
    <div className={`${css.apart} ${css.licence}`}>
      <span>{t.until(lastDayBefore(activity.licensed_until))}</span>
      {frozenFrom !== null && (
        <span className={css.frozen}>
          {frozen && <LockIcon />}
          {frozen ? t.frozen : t.windowUntil(lastDayBefore(frozenFrom))}
        </span>
      )}
    </div>
  );
}

function Menu({ activity, onDelete }: ActivityCardProps) {
  const t = useText();
  const navigate = useNavigate();
  const toPage = useToPage();
  const { mayEdit } = useAccount();
  const licensed = activity.licensed_until !== null;
  const go = (page: string) => () => void navigate(toPage(page));
  const items: MenuItem[] = [
    { key: "tune", label: t.tune, icon: <SettingsIcon />, onSelect: go(`activities/${activity.id}/tuning`) },
    { key: "edit", label: t.edit, icon: <EditIcon />, onSelect: go(`activities/${activity.id}/settings`) },
  ];
  if (!licensed) {
    items.push({ key: "buy", label: t.buy, icon: <BuyIcon />, onSelect: go(`buy?activity=${activity.id}`) });
  }
  if (mayEdit) {
    items.push(
      licensed
        ? { key: "delete", apart: true, icon: <LockIcon />, label: <span className="m-muted">{t.deleteLocked}</span>, onSelect: go(`activities/${activity.id}/settings`) }
        : { key: "delete", apart: true, danger: true, icon: <DeleteIcon />, label: t.delete, onSelect: () => onDelete(activity) },
    );
  }
  return (
    <MenuButton label={t.more(activity.name)} items={items}>
      <MoreIcon />
    </MenuButton>
  );
}

const COVERS = 3;
/** Pixels that they are wide together. */
const COVER_WIDE = 400;

/** Its first pictures side by side. */
function Cover({ activity }: { activity: Activity }) {
  const t = useText();
  const { id: account } = useAccount();
  const materials = useAccountRead(
    "/api/v1/accounts/{account}/activities/{activity}/materials",
    { path: { activity: activity.id }, query: { sort: "newest" } },
    { enabled: activity.materials > 0, freshMs: 60_000 },
  );
  const shown = (materials.data?.materials ?? []).filter((one) => materialState(one.status) === "usable").slice(0, COVERS);
  return (
    <div className={css.cover} aria-hidden="true" data-count={shown.length}>
      {shown.map((one) => (
        <img key={one.id} {...thumbnailOf(account, one, COVER_WIDE / shown.length)} alt="" loading="lazy" decoding="async" />
      ))}
      {shown.length === 0 && !materials.isLoading && (
        <span className={css.coverNone}>
          <ImageIcon />
          {activity.materials === 0 && t.noMaterial}
        </span>
      )}
    </div>
  );
}
