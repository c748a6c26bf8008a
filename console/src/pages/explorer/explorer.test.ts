import { expect, test } from "vitest";
import { ACTIONS, parsed, preset, retarget, type Version } from "./presets";
import { shownJson, verdictOf } from "./shown";
import { snippets } from "./snippets";

test("every action's example is JSON, and is written in six languages", () => {
  for (const [version, actions] of Object.entries(ACTIONS) as [Version, string[]][]) {
    for (const action of actions) {
      const body = preset(version, action, "300100", "qc_300100_154001_1");
      expect(parsed(body)).toHaveProperty("fields");
      const written = snippets({ version, action, body, secretId: "AKID1", endpoint: "127.0.0.1:8670", secure: false });
      expect(written.map((one) => one.key)).toEqual(["python", "node", "go", "java", "php", "curl"]);
      for (const { key, code } of written) {
        expect(code, key).toContain(action);
        expect(code, key).toContain("127.0.0.1:8670");
        expect(code, key).toContain("AKID1");
        expect(code, key).not.toContain("undefined");
      }
    }
  }
});

test("quotes in fields do not end the texts that hold them", () => {
  const body = `{"ModelId":"it's \\"x\\""}`;
  const [, , , , php, curl] = snippets({ version: "2022-09-27", action: "FuseFace", body, secretId: "A", endpoint: "h", secure: true });
  expect(php?.code).toContain(String.raw`'{"ModelId":"it\'s \\"x\\""}'`);
  expect(curl?.code).toContain(String.raw`'{"ModelId":"it'\''s \"x\""}'`);
});

test.each([
  ["[]", { fault: null }],
  ["1", { fault: null }],
  ["{}", { fields: {} }],
])("fields %s", (text, read) => {
  expect(parsed(text)).toEqual(read);
});

test("fields follow the activity and the material that are chosen, and keep the rest", () => {
  expect(JSON.parse(retarget('{"ProjectId":"1","ModelId":"a","LogoAdd":0}', "2", "b"))).toEqual({ ProjectId: "2", ModelId: "b", LogoAdd: 0 });
  expect(JSON.parse(retarget('{"ActivityId":1}', "2", "b"))).toEqual({ ActivityId: 2 });
  expect(JSON.parse(retarget(preset("2022-09-27", "DescribeMaterialList", "1", "a"), "2", "b"))).toMatchObject({ ActivityId: "2" });
  expect(retarget("{", "2", "b")).toBe("{");
});

test.each([
  ['{"Response":{"FusedImage":"http://h/results/1"}}', { error: null, picture: "http://h/results/1" }],
  ['{"Response":{"FusedImage":"/9j/4A"}}', { error: null, picture: "data:image/jpeg;base64,/9j/4A" }],
  ['{"Response":{"Error":{"Code":"A.B","Message":"no"}}}', { error: "A.B: no", picture: null }],
  ["<html>", { error: null, picture: null }],
])("an answer %s", (body, verdict) => {
  expect(verdictOf(body)).toEqual(verdict);
});

test("long texts are cut", () => {
  expect(shownJson(`{"Image":"${"x".repeat(1000)}"}`, (n) => `… ${n}`)).toContain("… 1000");
});
