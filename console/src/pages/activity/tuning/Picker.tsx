import { useEffect, useRef } from "react";
import type { Schema } from "@/api/types";
import { useAccountId } from "@/app/account";
import { thumbnailOf } from "@/app/material-state";
import { useText } from "./text";
import css from "./tuning.module.css";

type Material = Schema["Material"];

interface PickerProps {
  materials: Material[];
  chosen: string;
  /** Materials with unsaved degrees. */
  unsaved: ReadonlySet<string>;
  onChoose: (id: string) => void;
}

/** The materials in a row, to choose one. */
export function Picker({ materials, chosen, unsaved, onChoose }: PickerProps) {
  const t = useText();
  const account = useAccountId();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = row.current?.querySelector<HTMLElement>(":scope > :has(:checked)");
    if (place && row.current) {
      row.current.scrollLeft = place.offsetLeft - row.current.clientWidth / 2 + place.offsetWidth / 2;
    }
  }, []);
  return (
    <fieldset className={css.picker}>
      <legend className="m-hidden">{t.materials}</legend>
      <div ref={row} className={css.pickerRow}>
        {materials.map((material) => (
          <label key={material.id} title={material.name}>
            <input type="radio" name="material" value={material.id} checked={material.id === chosen} onChange={() => onChoose(material.id)} />
            <img {...thumbnailOf(account, material, 72)} alt="" loading="lazy" decoding="async" width={72} height={72} />
            <span className={css.pickerName}>{material.name}</span>
            {unsaved.has(material.id) && <span className={css.dot} role="img" aria-label={t.unsavedMark} />}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
