import { useMemo } from "react";
import { useAbout } from "./about";
import { useLanguage, type Language } from "@/i18n";

/** How numbers, money and times are written; times in the zone of the books. */
export interface Format {
  zone: string;
  /** `12,345` */
  count: (value: number) => string;
  /** `¥5,000.00` of `"5000.00"`; exact, for money is never a float. */
  money: (amount: string) => string;
  /** `2026-11-24 15:22` */
  moment: (at: string) => string;
  /** `2026-11-24 15:22:07 (Asia/Shanghai)` */
  exactMoment: (at: string) => string;
  /** The day that a moment lies in: `2026-11-24` */
  dayOf: (at: string) => string;
  /** A month as a title says it: `2026 年 11 月` of `2026-11` */
  month: (month: string) => string;
  /** The last day before a moment, for things that end: `2027-11-23` */
  lastDayBefore: (ends: string) => string;
  /** `12.5 %` of 0.125 */
  percent: (part: number) => string;
  /** `1.4 MB` */
  bytes: (bytes: number) => string;
}

export function useFormat(): Format {
  const language = useLanguage();
  const zone = useAbout()?.zone ?? "Asia/Shanghai";
  return useMemo(() => format(language, zone), [language, zone]);
}

export function format(language: Language, zone: string): Format {
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const clock = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  const written = (at: Date) => clock.format(at);
  return {
    zone,
    count: (value) => numbers.format(value),
    money,
    moment: (at) => written(new Date(at)).slice(0, 16),
    exactMoment: (at) => `${written(new Date(at))} (${zone})`,
    dayOf: (at) => written(new Date(at)).slice(0, 10),
    month: (month) => monthName(month, language),
    lastDayBefore: (ends) => written(new Date(Date.parse(ends) - 1)).slice(0, 10),
    percent: (part) => percents.format(part),
    bytes: (bytes) => sized(bytes, numbers),
  };
}

function monthName(month: string, language: Language): string {
  const [, year = "", number = ""] = /^(\d{4})-(\d{2})$/.exec(month) ?? [];
  if (year === "") {
    return month;
  }
  return language === "zh" ? `${year} 年 ${Number(number)} 月` : new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-01T00:00:00Z`));
}

export function money(amount: string): string {
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  if (whole === undefined) {
    return amount;
  }
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign === "-" ? "−" : ""}¥${grouped}.${(fraction ?? "").padEnd(2, "0")}`;
}

function sized(bytes: number, numbers: Intl.NumberFormat): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${numbers.format(value >= 10 || unit === 0 ? Math.round(value) : Math.round(value * 10) / 10)} ${units[unit] ?? ""}`;
}
