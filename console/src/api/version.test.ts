import { describe, expect, it } from "vitest";
import { Problem } from "./problem";
import type { Schema } from "./types";
import { changeFrom, ifMatch } from "./version";

type Material = Schema["Material"];

const material = (part: Partial<Material>) => ({ id: "m", name: "poster", feature_degree: 50, shape_degree: 50, version: "1", ...part }) as Material;

/** A server that holds `held`. */
function server(held: Material) {
  const asked: string[] = [];
  const send = (version: string): Promise<Material> => {
    asked.push(version);
    return version === held.version ? Promise.resolve(held) : Promise.reject(new Problem(412, "changed_meanwhile", "", { current: held }));
  };
  return { asked, send };
}

describe("changing from a version", () => {
  it("is made where nobody else changed it", async () => {
    const { asked, send } = server(material({}));
    expect(await changeFrom(material({}), ["name"], send)).toEqual({ made: material({}) });
    expect(asked).toEqual(["1"]);
  });

  it("is made upon another change of something else", async () => {
    const now = material({ name: "theirs", version: "2" });
    const { asked, send } = server(now);
    expect(await changeFrom(material({}), ["feature_degree"], send)).toEqual({ made: now });
    expect(asked).toEqual(["1", "2"]);
  });

  it("is a conflict where the same was changed", async () => {
    const now = material({ name: "theirs", version: "2" });
    expect(await changeFrom(material({}), ["name"], server(now).send)).toEqual({ conflict: now });
  });

  it("passes on every other problem", async () => {
    const problem = new Problem(404, "not_found", "");
    await expect(changeFrom(material({}), ["name"], () => Promise.reject(problem))).rejects.toBe(problem);
  });

  it("names the version, or that there is none yet", () => {
    expect(ifMatch("1")).toEqual({ "If-Match": '"1"' });
    expect(ifMatch(null)).toEqual({ "If-None-Match": "*" });
  });
});
