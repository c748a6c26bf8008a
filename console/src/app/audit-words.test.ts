import { renderHook } from "@testing-library/react";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { useActionNames } from "./audit-words";

interface Document {
  paths: Record<string, Record<string, unknown>>;
}

const CHANGES = ["post", "put", "patch", "delete"];
/** What changes nothing, or is written into the log under a name of its own. */
const OTHERWISE = /trial$|\/notices\/seen$|\/plan$|\/quotes$|\/members|\/exemption$|\/check$|^\w+ \/operator\/users|^\w+ \/session(\/password|\/totp)?$/;

describe("the words of the log", () => {
  it("name everything that the API changes", () => {
    const document = JSON.parse(readFileSync(`${process.cwd()}/../crates/web/openapi.json`, "utf8")) as Document;
    const { result } = renderHook(() => useActionNames());
    const actions = Object.entries(document.paths).flatMap(([path, methods]) =>
      CHANGES.filter((method) => method in methods && !path.startsWith("/c/")).map((method) => `${method.toUpperCase()} ${path.replace("/api/v1", "")}`),
    );
    expect(actions.length).toBeGreaterThan(40);
    const unnamed = actions.filter((action) => !OTHERWISE.test(action) && result.current[action] === undefined);
    expect(unnamed).toEqual([]);
  });
});
