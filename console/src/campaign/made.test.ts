import { beforeEach, describe, expect, it } from "vitest";
import { Album, fingerprint, keyOf, type Made } from "./made";

const hour = 3_600_000;
const made = (key: string, ends = hour): Made => ({
  key,
  material: "qc_1_1_1",
  picture: `/results/${key}`,
  expires: new Date(Date.now() + ends).toISOString(),
  token: `token-${key}`,
});

describe("pictures made in a tab", () => {
  beforeEach(() => sessionStorage.clear());

  it("are there after a reload, the newest first, each once", () => {
    const album = new Album("spring");
    ["a", "b", "a"].forEach((key) => album.add(made(key)));
    expect(new Album("spring").pictures.map((one) => one.key)).toEqual(["a", "b"]);
    expect(new Album("autumn").pictures).toEqual([]);
    expect(album.find("b")?.picture).toBe("/results/b");
  });

  it("go when they are deleted or end", () => {
    const album = new Album("spring");
    album.add(made("old", -1));
    album.add(made("new"));
    expect(album.find("old")).toBeUndefined();
    album.drop("token-new");
    expect(new Album("spring").pictures).toEqual([]);
  });

  it("do not break by what else may be kept under their name", () => {
    for (const kept of ["nonsense", "7", "[null,{},7]", '{"a":1}']) {
      sessionStorage.setItem("mien.made.spring", kept);
      expect(new Album("spring").pictures).toEqual([]);
    }
  });
});

describe("photos", () => {
  it("are told apart by their bytes, and with them the pictures", () => {
    const photos = [[], [1], [1, 2], [2, 1], [1, 2, 0]].map((bytes) => fingerprint(new Uint8Array(bytes)));
    expect(new Set(photos).size).toBe(5);
    const material = { id: "m", name: "", picture: "/c/s/materials/m?v=1", width: 3, height: 4 };
    expect(keyOf("p", material)).not.toBe(keyOf("p", { ...material, picture: "/c/s/materials/m?v=2" }));
  });
});
