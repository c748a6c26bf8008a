import { describe, expect, it } from "vitest";
import { thumbnail } from "./thumbnail";

describe("thumbnail", () => {
  it("takes the next larger width, and twice that for dense screens", () => {
    expect(thumbnail("/p?v=1", 72)).toEqual({ src: "/p?v=1&width=160", srcSet: "/p?v=1&width=160 1x, /p?v=1&width=160 2x" });
    expect(thumbnail("/p?v=1", 240)).toEqual({ src: "/p?v=1&width=320", srcSet: "/p?v=1&width=320 1x, /p?v=1&width=640 2x" });
    expect(thumbnail("/p?v=1", 5000).src).toBe("/p?v=1&width=640");
  });

  it("takes more of a wide picture that is cut at its sides", () => {
    expect(thumbnail("/p?v=1", 150, { width: 600, height: 300 }).src).toBe("/p?v=1&width=320");
    expect(thumbnail("/p?v=1", 150, { width: 300, height: 600 }).src).toBe("/p?v=1&width=160");
  });
});
