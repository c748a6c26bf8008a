import { fileURLToPath } from "node:url";
import { expect, test } from "./fixtures";

const SELFIE = fileURLToPath(new URL("../../fixtures/portraits/U1.jpg", import.meta.url));

const content = {
  title: "灯会",
  subtitle: "换上您的脸",
  consent_text: "照片只用于制作您选择的图片，不会保存。",
  buttons: {},
  colours: { primary: "#c8102e", background: "#fff8f0", text: "#222222" },
  share: {},
  materials: null,
  hourly_limit: 10,
  keep_result_hours: 24,
};

test.use({ locale: "zh-CN", viewport: { width: 390, height: 844 } });

test("a visitor agrees, makes a picture and deletes it", async ({ page, demo, signIn }) => {
  const account = await signIn("customer");
  const { csrf } = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  const base = `/api/v1/accounts/${account}/activities/${demo.activity}/campaign`;
  const headers = { "x-mien-csrf": csrf };
  expect((await page.request.put(base, { headers, data: { slug: "lantern", content } })).ok()).toBe(true);

  // Not published: as if it were not there.
  await page.context().clearCookies();
  await page.goto("/c/lantern");
  await expect(page.getByRole("heading", { name: "活动不存在或已结束" })).toBeVisible();

  await signIn("customer");
  const again = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  const published = await page.request.put(`${base}/published`, { headers: { "x-mien-csrf": again.csrf }, data: { published: true } });
  expect(published.ok(), await published.text()).toBe(true);
  await page.context().clearCookies();

  await page.goto("/c/lantern");
  await expect(page.getByRole("heading", { level: 1, name: "灯会" })).toBeVisible();
  await page.getByRole("button", { name: "制作我的照片" }).click();
  const dialog = page.getByRole("dialog", { name: "上传一张自拍" });
  const choose = dialog.getByRole("button", { name: "选择照片" });
  await choose.click();
  await expect(dialog.getByRole("alert")).toHaveText("请先阅读授权说明并勾选同意");
  await dialog.getByRole("checkbox").check();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), choose.click()]);
  await chooser.setFiles(SELFIE);

  const picture = page.getByRole("img", { name: "融合后的图片" });
  await expect(picture).toBeVisible();
  const address = (await picture.getAttribute("src")) ?? "";
  expect((await page.request.get(address)).status()).toBe(200);

  await page.getByRole("button", { name: "立即删除" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "删除" }).click();
  await expect(page.getByRole("heading", { name: "已删除" })).toBeVisible();
  expect((await page.request.get(address)).status()).toBe(404);
  await page.getByText("返回首页").click();
  await expect(page.getByRole("heading", { level: 1, name: "灯会" })).toBeVisible();
});

test("what is no picture is told, and another can be chosen", async ({ page, demo, signIn }) => {
  const account = await signIn("customer");
  const { csrf } = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  const base = `/api/v1/accounts/${account}/activities/${demo.activity}/campaign`;
  const headers = { "x-mien-csrf": csrf };
  await page.request.put(base, { headers, data: { slug: "lantern", content } });
  await page.request.put(`${base}/published`, { headers, data: { published: true } });
  await page.goto("/c/lantern");
  await page.getByRole("button", { name: "制作我的照片" }).click();
  const dialog = page.getByRole("dialog", { name: "上传一张自拍" });
  await dialog.getByRole("checkbox").check();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), dialog.getByRole("button", { name: "选择照片" }).click()]);
  await chooser.setFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("not a picture") });
  await expect(page.getByRole("alert")).toHaveText("这不是图片文件，请选择 JPG 或 PNG 照片");
  await page.getByRole("button", { name: "换一张照片" }).click();
  await expect(dialog).toBeVisible();
});
