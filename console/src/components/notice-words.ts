import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { grouped } from "@/app/grouped";
import { useLanguage, type Language } from "@/i18n";
import { isFreeOfLicensed, lookOf } from "./notice-look";

interface NoticeWords {
  title: string;
  text: string;
}

/** What is known of the account's activities: their names by id, and which have a licence. */
export interface Known {
  names: ReadonlyMap<string, string>;
  licensed: ReadonlySet<string>;
}

/** What follows once free calls are used whose activity has a licence; a notice knows only how it was when it was given. */
const LICENSED = {
  zh: "活动现已有技术授权，后续调用由资源包抵扣，没有资源包时按后付费计费。",
  en: "The activity has a licence by now: further calls are paid by its packs, or postpaid where there are none.",
};

/** Keeps a day in one line: browsers break it behind its hyphens. */
const JOINER = "\u2060";
const DAY = /\d{4}-\d{2}-\d{2}/g;

/** A notice in words, with the names of activities in place of their ids. */
export function noticeWords(notice: Schema["Notice"], language: Language, { names, licensed }: Known): NoticeWords {
  const [title, told] = language === "zh" ? [notice.title_zh, notice.text_zh] : [notice.title_en, notice.text_en];
  const text = isFreeOfLicensed(notice.about, licensed) ? told.replace(ADVICE[language], LICENSED[language]) : told;
  const said = (sentence: string) => grouped(named(sentence, language, names))
      .replace(MONTH, (_, year: string, month: string) => `${year} 年 ${Number(month)} 月`)
      .replace(/(\d) %/g, "$1%").replace(/。\./g, "。").replace(DAY, (day) => day.replace(/-/g, `-${JOINER}`));
  return { title: said(title), text: said(text) };
}

/** What is advised behind the first sentence. */
const ADVICE = { zh: /(?<=次。).*$/, en: /(?<= are used\. ).*$/ };

/** Months in Chinese sentences as elsewhere: `2026 年 10 月账单` of `2026-10 账单`. */
const MONTH = /(\d{4})-(\d{2}) ?(?=账单|后付费|及之前)/g;

function named(sentence: string, language: Language, names: ReadonlyMap<string, string>): string {
  const name = (whole: string, id: string) => {
    const known = names.get(id);
    return known === undefined ? whole : language === "zh" ? `「${known}」` : `“${known}”`;
  };
  // Materials are told by their id, which has the activity's in it.
  return language === "zh"
    ? sentence.replace(/活动 (\d+) ?/g, name).replace(/素材 (qc_(\d+)_\d+_\d+)/g, (whole, material: string, id: string) => (names.has(id) ? `${name("", id)}的素材 ${material}` : whole))
    : sentence.replace(/activity (\d+)/g, name).replace(/\b([Mm]aterial qc_(\d+)_\d+_\d+)/g, (whole, material: string, id: string) => (names.has(id) ? `${material} of ${name("", id)}` : whole));
}

/** Writes notices with what is known of the account's activities, and says how they look. */
export function useNoticeWords() {
  const language = useLanguage();
  const activities = useAccountRead("/api/v1/accounts/{account}/activities", {});
  const all = activities.data?.activities ?? [];
  const known = {
    names: new Map(all.map((one) => [one.id, one.name])),
    licensed: new Set(all.filter((one) => one.licensed_until !== null).map((one) => one.id)),
  };
  return (notice: Schema["Notice"]) => ({ ...noticeWords(notice, language, known), look: lookOf(notice.about, known.licensed) });
}
