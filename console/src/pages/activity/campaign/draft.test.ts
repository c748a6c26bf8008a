import { describe, expect, it } from "vitest";
import { chosenOf, draftOf, faultsOf, isSame, merged, newDraft, toSend, type Campaign, type Draft, type Material } from "./draft";

const consent = "为制作您选择的合成图片，需要处理您的照片。";
const draft = (): Draft => newDraft({ id: "300100", name: "灯会" } as Parameters<typeof newDraft>[0], consent);
const material = (id: string, usable = true) => ({ id, usable }) as Material;

describe("a campaign page being written", () => {
  it("is right from the beginning", () => {
    expect(faultsOf(draft())).toEqual([]);
  });

  it.each([
    ["slug", { slug: "Ab" }, {}],
    ["slug", { slug: "with space" }, {}],
    ["title", {}, { title: "  " }],
    ["title", {}, { title: "长".repeat(41) }],
    ["consent", {}, { consent_text: "太短" }],
    ["colours", {}, { colours: { primary: "red", background: "#ffffff", text: "#000000" } }],
    ["hourly", {}, { hourly_limit: 0 }],
    ["hours", {}, { keep_result_hours: 169 }],
    ["hours", {}, { keep_result_hours: Number.NaN }],
    ["materials", {}, { materials: [] }],
  ] as const)("has a fault in its %s", (fault, outer, inner) => {
    const start = draft();
    const wrong = { ...start, ...outer, content: { ...start.content, ...inner } } as Draft;
    expect(faultsOf(wrong)).toEqual([fault]);
  });

  it("shows what is chosen in its order, as far as it can be used", () => {
    const all = [material("a"), material("b"), material("c", false)];
    const { content } = draft();
    expect(chosenOf(content, all).map((one) => one.id)).toEqual(["a", "b"]);
    expect(chosenOf({ ...content, materials: ["c", "b", "gone", "a"] }, all).map((one) => one.id)).toEqual(["b", "a"]);
  });

  it("is changed only where something else is written", () => {
    const start = draft();
    const kept = draftOf({ slug: start.slug, content: JSON.parse(JSON.stringify(start.content)) as Campaign["content"] } as Campaign);
    expect(isSame(start, kept)).toBe(true);
    expect(isSame({ ...start, cover: null }, kept)).toBe(false);
    expect(isSame({ ...start, content: { ...start.content, hourly_limit: 11 } }, kept)).toBe(false);
  });

  it("keeps what both changed, and asks only where both changed the same", () => {
    const start = draft();
    const base = { slug: "spring", cover: null, content: start.content } as Campaign;
    const mine: Draft = { slug: "spring", content: { ...start.content, title: "我的", hourly_limit: 5 } };
    const theirs = (part: Partial<Campaign["content"]>) => ({ ...base, content: { ...start.content, ...part } });
    const apart = merged(mine, base, theirs({ subtitle: "他们的" }), "mine");
    expect(apart.both).toEqual([]);
    expect(apart.draft.content).toMatchObject({ title: "我的", subtitle: "他们的", hourly_limit: 5 });
    const same = theirs({ title: "他们的" });
    expect(merged(mine, base, same, "mine")).toMatchObject({ both: ["title"], draft: { content: { title: "我的", hourly_limit: 5 } } });
    expect(merged(mine, base, same, "theirs").draft.content).toMatchObject({ title: "他们的", hourly_limit: 5 });
    expect(merged({ ...mine, cover: null }, base, { ...base, cover: "new" }, "theirs")).toMatchObject({ both: ["cover"] });
    expect(merged(mine, null, same, "mine").both).toContain("title");
  });

  it("sends no empty words for buttons", () => {
    const start = draft();
    const sent = toSend({ ...start, content: { ...start.content, buttons: { choose: " ", fuse: "变脸", save: null, again: "" } } });
    expect(sent.content.buttons).toEqual({ choose: null, fuse: "变脸", save: null, again: null });
  });
});
