import { expect, test } from "vitest";
import { reasonOf, saidOf } from "./faces";

const found = { code: "face_too_small", text_zh: "人脸太小", text_en: "The face is too small" };
const material = (status: string, reason: string, machine: typeof found | null = found) => ({ status, reason, review: { reason: machine, faces: [] } }) as never;

test.each([
  ["the machine refused", material("rejected_by_machine", "人脸太小"), "The face is too small", ""],
  ["an appeal without words of its own", material("appealed", "人脸太小"), "The face is too small", ""],
  ["an appeal with a reason", material("appealed", "这是油画"), "这是油画", "这是油画"],
  ["lost with a reason", material("appeal_lost", "换一张"), "换一张", "换一张"],
  ["won without words", material("appeal_won", "人脸太小"), "", ""],
  ["passed", material("passed_by_machine", "", null), "", ""],
])("%s", (_, given, reason, said) => {
  expect(reasonOf(given, "en")).toBe(reason);
  expect(saidOf(given)).toBe(said);
});
