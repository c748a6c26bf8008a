import { memo } from "react";
import type { Schema } from "@/api/types";
import { useAccountId } from "@/app/account";
import { materialState, sizeOf, thumbnailOf } from "@/app/material-state";
import { CopyId } from "@/components/CopyId";
import { MaterialPicture } from "@/components/MaterialPicture";
import { useLanguage } from "@/i18n";
import { reasonOf, saidOf } from "./faces";
import { StatusTag } from "./StatusTag";
import { useBoxes } from "./use-boxes";
import { useText } from "./text";
import css from "./materials.module.css";

type Material = Schema["Material"];

interface MaterialCardProps {
  material: Material;
  selected: boolean;
  /** Whether it can be selected at all. */
  selectable: boolean;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
}

/** Pixels that a card is wide at most. */
const WIDE = 260;

/** A material in the grid. Those that are not usable show why, on the picture. */
export const MaterialCard = memo(function MaterialCard({ material, selected, selectable, onSelect, onOpen }: MaterialCardProps) {
  const t = useText();
  const language = useLanguage();
  const account = useAccountId();
  const { boxes } = useBoxes(material);
  const size = sizeOf(material);
  const reason = material.usable ? "" : reasonOf(material, language);
  const picture = { ...thumbnailOf(account, material, WIDE), alt: "", ...size };
  return (
    <li className={css.card} data-selected={selected || undefined}>
      <button type="button" className={css.picture} aria-label={t.open(material.name)} onClick={() => onOpen(material.id)}>
        {material.usable ? (
          <MaterialPicture {...picture} square />
        ) : (
          <span className={css.contain} style={{ aspectRatio: `${size.width} / ${size.height}`, ...(size.width >= size.height ? { width: "100%" } : { height: "100%" }) }}>
            <MaterialPicture {...picture} faces={boxes} />
          </span>
        )}
      </button>
      {selectable && <input type="checkbox" className={css.check} aria-label={t.select(material.name)} checked={selected} onChange={() => onSelect(material.id)} />}
      <div className={css.cardWords}>
        <div className={css.cardHead}>
          <span className={css.cardName} title={material.name}>
            {material.name}
          </span>
          <StatusTag status={material.status} />
        </div>
        <CopyId id={material.id} />
        {reason === "" ? (
          <span className="m-small m-muted">
            {t.faces(material.faces.length)} · {t.degreesShort(material.feature_degree, material.shape_degree)}
          </span>
        ) : (
          <span className={css.reason} data-refused={materialState(material.status) === "refused" || undefined} title={reason}>
            {material.status === "appealed" && saidOf(material) !== "" && `${t.appealedReason}${t.colon}`}
            {reason}
          </span>
        )}
      </div>
    </li>
  );
});
