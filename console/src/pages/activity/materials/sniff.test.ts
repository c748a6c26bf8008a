import { describe, expect, it } from "vitest";
import { sniff } from "./sniff";

const bytes = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0));

describe("sniff", () => {
  it.each([
    ["\xff\xd8\xff\xe0\0\x10JFIF", "jpeg"],
    ["\x89PNG\r\n\x1a\n\0\0", "png"],
    ["RIFF\x10\0\0\0WEBPVP8 ", "webp"],
    ["RIFF\x10\0\0\0WAVEfmt ", null],
    ["GIF89a", "gif"],
    ["\0\0\0\x18ftypheic", "heic"],
    ["\0\0\0\x18ftypavif", "avif"],
    ["\0\0\0\x18ftypisom", null],
    ["BM6\0", "bmp"],
    ["II*\0", "tiff"],
    ["%PDF-1.7", "pdf"],
    ['<?xml version="1.0"?><svg>', "svg"],
    ["hello", null],
    ["", null],
    ["\xff\xd8", null],
  ])("%j is %s", (text, kind) => {
    expect(sniff(bytes(text))).toBe(kind);
  });
});
