import { counted } from "@/app/counted";
import type { ReactNode } from "react";
import type { Schema } from "@/api/types";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { texts, useLanguage } from "@/i18n";
import { ChoiceCards } from "./ChoiceCards";

type Algorithm = Schema["AlgorithmVersion"];

const useText = texts(
  {
    natural: "用户的五官融入模板的脸型与光线，像画面中本来的人，没有拼贴感。适合海报、写真。",
    likeness: "以「像本人」为先，保留用户自己的五官布局，并校正侧脸。适合换装、合影。",
    both: "两个版本价格相同，可在「调节参数」中并排比较；购买套餐后不能再切换。",
    materials: (n: string) => `${n} 个素材`,
    fits: (name: string) => `对应${name}`,
    what: (calls: string, qps: string) => `含 ${calls} 次调用，${qps} QPS`,
    window: (days: number) => (days >= 365 ? "有效期内均可更换素材" : `购买后 ${days} 天内可更换素材`),
    price: (money: string) => `${money} / 年`,
    quotaHint: "额度决定之后购买的套餐；购买前可随时更改，不产生费用。",
    below: (n: number) => `已有 ${n} 个素材，额度不能小于此数`,
  },
  {
    natural: "The user's features in the template's shape and light: looks as if part of the picture. For posters and portraits.",
    likeness: "Looks like the user first: keeps the layout of their own features and corrects side views. For costumes and group pictures.",
    both: "Both cost the same, and Tuning compares them side by side. Once a licence is bought it cannot be switched.",
    materials: (n: string) => counted(n, "material", "materials"),
    fits: (name: string) => `for ${name}`,
    what: (calls: string, qps: string) => `with ${calls} calls, ${qps} QPS`,
    window: (days: number) => (days >= 365 ? "Materials may change all year" : `Materials may change for ${days} days`),
    price: (money: string) => `${money} a year`,
    quotaHint: "It decides which licence fits. It may change until then, and costs nothing.",
    below: (n: number) => `There are ${n} materials already`,
  },
);

/** Chooses how faces are fused. */
export function AlgorithmChoice({ value, onChange, locked }: { value: Algorithm; onChange: (value: Algorithm) => void; locked?: ReactNode }) {
  const t = useText();
  const w = useWords();
  return (
    <ChoiceCards<Algorithm>
      label={w.algorithm}
      value={value}
      onChange={onChange}
      locked={locked}
      hint={t.both}
      choices={[
        { value: "natural", title: w.natural, children: t.natural },
        { value: "likeness", title: w.likeness, children: t.likeness },
      ]}
    />
  );
}

interface QuotaChoiceProps {
  /** Packages for sale, by ascending quota. */
  packages: Schema["Catalogue"]["licences"];
  value: number;
  onChange: (quota: number) => void;
  /** Materials there are: a smaller quota is refused. */
  materials?: number;
  locked?: ReactNode;
}

/** Chooses how many materials there may be, and with it the licence that fits. */
export function QuotaChoice({ packages, value, onChange, materials = 0, locked }: QuotaChoiceProps) {
  const t = useText();
  const w = useWords();
  const language = useLanguage();
  const { count, money } = useFormat();
  return (
    <ChoiceCards
      label={w.materialQuota}
      value={String(value)}
      onChange={(quota) => onChange(Number(quota))}
      locked={locked}
      hint={t.quotaHint}
      choices={packages.map((one) => ({
        value: String(one.materials),
        title: t.materials(count(one.materials)),
        disabled: one.materials < materials,
        children:
          one.materials < materials ? (
            t.below(materials)
          ) : (
            <>
              <strong className="m-number">{t.price(money(one.price))}</strong>
              <br />
              {t.fits(one.name[language])}
              <br />
              {t.what(count(one.calls), count(one.qps))}
              <br />
              {t.window(one.update_days)}
            </>
          ),
      }))}
    />
  );
}
