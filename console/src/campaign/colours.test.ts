import { describe, expect, it } from "vitest";
import { contrast, ENOUGH, ink, palette, readable } from "./colours";

describe("colours of a page", () => {
  it("measures contrast as WCAG does", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });

  it.each([
    ["#c8102e", "#fff8f0", "#222222"],
    ["#ffff00", "#ffffff", "#ffffff"],
    ["#000000", "#000000", "#000000"],
    ["#808080", "#808080", "#808080"],
    ["#1c6b62", "#10201e", "#0d3f3a"],
  ])("make every text readable: %s on %s with %s", (primary, background, text) => {
    const colours = palette({ primary, background, text });
    const of = (name: string) => colours[name] ?? "";
    for (const [front, back] of [
      ["--text", "--background"],
      ["--quiet", "--background"],
      ["--on-surface", "--surface"],
      ["--surface-quiet", "--surface"],
      ["--accent", "--surface"],
      ["--on-primary", "--primary"],
      ["--on-primary", "--primary-deep"],
      ["--danger", "--surface"],
    ] as const) {
      expect(contrast(of(front), of(back)), `${front} on ${back}`).toBeGreaterThanOrEqual(ENOUGH);
    }
    expect(contrast(of("--primary"), background), "the button on the page").toBeGreaterThanOrEqual(1.3);
  });

  it("leave a colour that can be read as it is", () => {
    expect(readable("#222222", "#fff8f0")).toBe("#222222");
    expect(ink("#ffffff")).toBe("#000000");
  });
});
