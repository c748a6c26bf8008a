import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "./fixtures";

const portrait = (name: string) => fileURLToPath(new URL(`../../fixtures/portraits/${name}.jpg`, import.meta.url));
const jpeg = (name: string, buffer = readFileSync(portrait("T1"))) => ({ name, mimeType: "image/jpeg", buffer });

test("the first steps lead to where they are done", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/overview`);
  await expect(page.getByText("剩余调用次数")).toBeVisible();
  await page.getByRole("link", { name: /创建 API 密钥/ }).click();
  await expect(page).toHaveURL(/\/keys$/);
});

test("an activity is created, filled, renamed and deleted", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/activities`);
  await page.getByRole("button", { name: "新建活动" }).click();
  const dialog = page.getByRole("dialog", { name: "新建活动" });
  await dialog.getByLabel("活动名称").fill("一个名字太长太长太长的活动了吧");
  await expect(dialog.getByText("15/15")).toBeVisible();
  await dialog.getByLabel("活动名称").fill("一个名字太长太长太长的活动了吧啊");
  await expect(dialog.getByRole("button", { name: "新建", exact: true })).toBeDisabled();
  await dialog.getByLabel("活动名称").fill("毕业季");
  await dialog.getByText("相似版").click();
  await dialog.getByText("30 个素材").click();
  await dialog.getByRole("button", { name: "新建", exact: true }).click();
  await expect(page).toHaveURL(/\/activities\/\d+\/materials$/);
  await expect(page.getByText("还没有素材")).toBeVisible();

  // Files that are none are told before anything is sent.
  await page.getByTestId("files").setInputFiles([jpeg("海报.jpg"), jpeg("不是图.jpg", Buffer.from("hello")), jpeg("太大.jpg", Buffer.concat([readFileSync(portrait("T1")), Buffer.alloc(11 << 20)]))]);
  await expect(page.getByText("文件不是图片，请选择 JPG 或 PNG")).toBeVisible();
  await expect(page.getByText(/最多 10 MB，请压缩后再试/)).toBeVisible();
  await expect(page.getByText("已用 1 / 30 个素材")).toBeVisible();

  await page.getByRole("button", { name: "查看 海报" }).click();
  const details = page.getByRole("dialog", { name: "素材详情" });
  await details.getByLabel("名称").fill("毕业照");
  await details.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "查看 毕业照" })).toBeVisible();

  await page.getByRole("link", { name: "设置", exact: true }).click();
  await page.getByRole("button", { name: "删除", exact: true }).click();
  const last = page.getByRole("dialog", { name: /删除活动/ });
  await expect(last.getByRole("button", { name: "永久删除" })).toBeDisabled();
  await last.getByRole("textbox").fill("毕业季");
  await last.getByRole("button", { name: "永久删除" }).click();
  await expect(page).toHaveURL(/\/activities$/);
  await expect(page.getByRole("link", { name: "毕业季" })).toHaveCount(0);
});

test("600 files at once: as many as fit are taken, the rest is told", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/activities?new`);
  await page.getByRole("dialog").getByLabel("活动名称").fill("六百张");
  await page.getByRole("dialog").getByRole("button", { name: "新建", exact: true }).click();
  await expect(page.getByText("还没有素材")).toBeVisible();
  await page.getByTestId("files").evaluate((input: HTMLInputElement) => {
    const files = new DataTransfer();
    for (let index = 0; index < 600; index += 1) {
      files.items.add(new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)], `${index}.jpg`, { type: "image/jpeg" }));
    }
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await expect(page.getByText(/590 个文件未上传/)).toBeVisible();
  await expect(page.getByText("已用 10 / 10 个素材")).toBeVisible();
});

test("what a licence locks is shown locked, with the reason", async ({ page, signIn, demo }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/activities/${demo.activity}/settings`);
  await expect(page.getByText(/期间不能切换算法版本与素材额度/).first()).toBeVisible();
  await expect(page.getByRole("radio", { name: /相似版/ })).toBeDisabled();
  await expect(page.getByText(/已授权的活动不能删除/)).toBeVisible();
});

test("both versions follow the sliders, and what is tuned is saved", async ({ page, signIn, demo }) => {
  const account = await signIn("customer");
  const calls: string[] = [];
  page.on("request", (request) => request.url().includes("/trial?") && calls.push(request.url()));
  await page.goto(`/console/accounts/${account}/activities/${demo.activity}/tuning?material=${demo.material}`);
  await page.getByTestId("photos").setInputFiles([portrait("U1")]);
  await expect(page.getByRole("img", { name: "自然版的融合结果" })).toBeVisible();
  await expect(page.getByRole("img", { name: "相似版的融合结果" })).toBeVisible();
  await expect(page.getByText(/毫秒/)).toHaveCount(2);
  await page.getByRole("button", { name: /都设为 25/ }).click();
  await expect.poll(() => calls.filter((url) => url.includes("feature_degree=25")).length).toBe(2);
  await page.getByRole("slider", { name: "自然版：与模板对比" }).press("ArrowRight");
  await expect(page.getByRole("slider", { name: "相似版：与模板对比" })).toHaveValue("1");
  await expect(page.getByText("未保存", { exact: true })).toBeVisible();

  // The same material, tuned elsewhere meanwhile.
  const session = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  await page.request.patch(`/api/v1/accounts/${account}/materials/${demo.material}`, {
    headers: { "x-mien-csrf": session.csrf },
    data: { feature_degree: 80 },
  });
  await page.getByRole("button", { name: "保存到素材" }).click();
  await expect(page.getByText(/在别处被更改/)).toBeVisible();
  await page.getByRole("button", { name: "仍用我的" }).click();
  await expect(page.getByText("与素材一致")).toBeVisible();
});
