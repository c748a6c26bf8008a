import { useAccount } from "@/app/account";
import { thumbnailOf } from "@/app/material-state";
import { Card } from "@/components/Page";
import { Toggle } from "@/components/Toggle";
import { type Material } from "./draft";
import { useText } from "./text";
import css from "./campaign.module.css";

interface TemplatesProps {
  materials: Material[];
  /** Their ids in order; `null` for all. */
  chosen: string[] | null;
  fault: string | undefined;
  onChange: (chosen: string[] | null) => void;
}

/** Which materials visitors can choose from, and in which order. */
export function Templates({ materials, chosen, fault, onChange }: TemplatesProps) {
  const t = useText();
  const { id: account } = useAccount();
  const toggle = (id: string) => chosen && onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <Card title={t.templates}>
      <div className="m-stack-tight">
        <Toggle label={t.allMaterials} on={chosen === null} onChange={(all) => onChange(all ? null : materials.map((material) => material.id))} />
        <p className={fault ? css.fault : "m-muted m-small"} role={fault ? "alert" : undefined}>
          {fault ?? (chosen === null ? t.allMaterialsText : t.chosenText(chosen.length))}
        </p>
        {chosen !== null && (
          <div className={css.materials} role="group" aria-label={t.templates}>
            {materials.map((material) => {
              const at = chosen.indexOf(material.id);
              return (
                <button key={material.id} type="button" className={css.material} aria-pressed={at >= 0} onClick={() => toggle(material.id)}>
                  <img {...thumbnailOf(account, material, 96)} alt="" loading="lazy" width={96} height={128} />
                  {at >= 0 && <b className="m-number">{at + 1}</b>}
                  <span>{material.name}</span>
                </button>
              );
            })}
          </div>
        )}
      </div>
    </Card>
  );
}
