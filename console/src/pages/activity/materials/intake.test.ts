import { describe, expect, it } from "vitest";
import { examine, MOST_BYTES, nameOf } from "./intake";

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);

function file(name: string, begin: Uint8Array<ArrayBuffer> | string = JPEG, size?: number): File {
  const made = new File([begin], name, { type: "image/jpeg" });
  if (size !== undefined) {
    Object.defineProperty(made, "size", { value: size });
  }
  return made;
}

describe("examine", () => {
  it("refuses what is no picture whatever its name says, and what is too large", async () => {
    const examined = await examine(
      [file("a.jpg"), file("b.jpg", "hello"), file("c.jpg", ""), file("d.jpg", JPEG, MOST_BYTES + 1), file("e.jpg", JPEG, MOST_BYTES)],
      10,
    );
    expect(examined.map((one) => one.refusal?.why ?? "taken")).toEqual(["taken", "kind", "empty", "too_large", "taken"]);
  });

  it("takes as many as there is room for, the first ones, and wastes no room on what is refused", async () => {
    const files = Array.from({ length: 600 }, (_, index) => (index % 2 === 0 ? file(`${index}.jpg`) : file(`${index}.txt`, "no")));
    const examined = await examine(files, 7);
    expect(examined).toHaveLength(600);
    const taken = examined.filter((one) => one.refusal === null).map((one) => one.file.name);
    expect(taken).toEqual(["0.jpg", "2.jpg", "4.jpg", "6.jpg", "8.jpg", "10.jpg", "12.jpg"]);
    expect(examined.filter((one) => one.refusal?.why === "no_room")).toHaveLength(293);
    expect((await examine([file("a.jpg")], -3))[0]?.refusal?.why).toBe("no_room");
  });
});

describe("nameOf", () => {
  it.each([
    ["poster.jpg", "poster"],
    ["春节.海报.PNG", "春节.海报"],
    [".jpg", "material"],
    ["a\nb.jpg", "ab"],
    ["x".repeat(80) + ".jpg", "x".repeat(60)],
    ["没有后缀", "没有后缀"],
  ])("%j is called %j", (given, name) => {
    expect(nameOf(given, "material")).toBe(name);
  });
});
