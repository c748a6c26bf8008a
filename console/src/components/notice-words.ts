import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { grouped } from "@/app/grouped";
import { useLanguage, type Language } from "@/i18n";

interface NoticeWords {
  title: string;
  text: string;
}

/** Keeps a day in one line: browsers break it behind its hyphens. */
const JOINER = "\u2060";
const DAY = /\d{4}-\d{2}-\d{2}/g;

/** A notice in words, with the names of activities in place of their ids. */
export function noticeWords(notice: Schema["Notice"], language: Language, names: ReadonlyMap<string, string>): NoticeWords {
  const [title, text] = language === "zh" ? [notice.title_zh, notice.text_zh] : [notice.title_en, notice.text_en];
  const said = (sentence: string) => grouped(named(sentence, language, names))
      .replace(MONTH, (_, year: string, month: string) => `${year} 年 ${Number(month)} 月`)
      .replace(/(\d) %/g, "$1%").replace(/。\./g, "。").replace(DAY, (day) => day.replace(/-/g, `-${JOINER}`));
  return { title: said(title), text: said(text) };
}

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

/** Writes notices with the names of the account's activities. */
export function useNoticeWords(): (notice: Schema["Notice"]) => NoticeWords {
  const language = useLanguage();
  const activities = useAccountRead("/api/v1/accounts/{account}/activities", {});
  const names = new Map((activities.data?.activities ?? []).map((one) => [one.id, one.name]));
  return (notice) => noticeWords(notice, language, names);
}
