/** Numbers in the server's sentences that are counted or paid; ids, days and months are not followed by these words. */
const COUNTED = /(?<![\d.])(\d{4,})(\.\d+)?(?= ?(?:次|元|个|calls|postpaid|yuan|of |materials|QPS))/g;

/** A sentence with its great numbers written as everywhere else in the console: `300500 次` as `300,500 次`. */
export function grouped(text: string): string {
  return text.replace(COUNTED, (_, whole: string, fraction: string | undefined) => whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction ?? ""));
}
