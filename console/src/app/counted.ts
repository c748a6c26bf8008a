/** A number, already written out, with its English noun: `1 call`, `1,000 calls`. */
export function counted(number: string | number, one: string, many: string): string {
  return `${number} ${String(number) === "1" ? one : many}`;
}
