import type { Colours } from "./shapes";

type Rgb = [number, number, number];

/** Contrast that small text needs (WCAG 2.2, AA). */
export const ENOUGH = 4.5;
/** Contrast from which on a shape can be seen. */
const SEEN = 1.3;

export function parse(colour: string): Rgb {
  const number = parseInt(colour.slice(1), 16);
  return Number.isNaN(number) ? [0, 0, 0] : [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function written(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const c = part / 255;
    return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** How well two colours can be told apart, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(parse(one)), luminance(parse(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** So much of the first in the second. */
export function mix(one: string, other: string, part: number): string {
  const [a, b] = [parse(one), parse(other)];
  return written([0, 1, 2].map((at) => (a[at] ?? 0) * part + (b[at] ?? 0) * (1 - part)) as Rgb);
}

/** Black or white, whichever is read better there. */
export function ink(on: string): string {
  return contrast("#ffffff", on) >= contrast("#000000", on) ? "#ffffff" : "#000000";
}

/** The colour, or one near it that can be read there. */
export function readable(colour: string, on: string): string {
  const goal = ink(on);
  for (let part = 0; part <= 1; part += 0.05) {
    const tried = mix(goal, colour, part);
    if (contrast(tried, on) >= ENOUGH) {
      return tried;
    }
  }
  return goal;
}

/** The colour, moved away from the one behind it until it can be seen there at all. */
function visible(colour: string, on: string): string {
  let shown = colour;
  for (let part = 0.1; part <= 0.5 && contrast(shown, on) < SEEN; part += 0.1) {
    shown = mix(ink(on), colour, part);
  }
  return shown;
}

/** The colours that a page is drawn in; every text can be read. */
export function palette(colours: Colours): Record<string, string> {
  const { background } = colours;
  const primary = visible(colours.primary, background);
  const onPrimary = ink(primary);
  const words = readable(colours.text, background);
  const surface = isDark(background) ? mix("#ffffff", background, 0.09) : mix("#ffffff", background, 0.72);
  return {
    "--primary": primary,
    "--on-primary": onPrimary,
    // Further from what is written on it.
    "--primary-deep": mix(onPrimary === "#ffffff" ? "#000000" : "#ffffff", primary, 0.3),
    "--background": background,
    "--text": words,
    "--quiet": readable(mix(words, background, 0.66), background),
    "--line": mix(words, background, 0.16),
    "--surface": surface,
    "--on-surface": readable(words, surface),
    "--surface-quiet": readable(mix(words, surface, 0.66), surface),
    "--surface-line": mix(words, surface, 0.18),
    "--accent": readable(primary, surface),
    "--danger": readable("#c0271c", surface),
    "--glow": mix(primary, background, 0.16),
  };
}

/** Whether light text stands on it. */
export function isDark(background: string): boolean {
  return ink(background) === "#ffffff";
}
