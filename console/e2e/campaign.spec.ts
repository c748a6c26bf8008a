import AxeBuilder from "@axe-core/playwright";
import type { FileChooser, Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "./fixtures";
import type { Demo } from "./server";

const portrait = (name: string) => fileURLToPath(new URL(`../../fixtures/portraits/${name}.jpg`, import.meta.url));
const SELFIE = portrait("U1");

const content = {
  title: "灯会",
  subtitle: "换上您的脸",
  consent_text: "照片只用于制作您选择的图片，不会保存。",
  buttons: {},
  colours: { primary: "#c8102e", background: "#fff8f0", text: "#222222" },
  share: {},
  materials: null,
  hourly_limit: 100,
  keep_result_hours: 24,
};

test.use({ locale: "zh-CN", viewport: { width: 390, height: 844 } });

type SignIn = (who: "customer") => Promise<string>;

/** Publishes a page with two templates, as its customer would, and leaves the browser without a session. */
async function publish(page: Page, demo: Demo, signIn: SignIn, change: Partial<typeof content> = {}): Promise<void> {
  const account = await signIn("customer");
  const { csrf } = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  const headers = { "x-mien-csrf": csrf };
  const activity = `/api/v1/accounts/${account}/activities/${demo.activity}`;
  const { materials } = (await (await page.request.get(`${activity}/materials`)).json()) as { materials: { name: string }[] };
  if (!materials.some((material) => material.name === "second")) {
    const added = await page.request.post(`${activity}/materials?name=second`, {
      headers: { ...headers, "content-type": "image/jpeg" },
      data: readFileSync(portrait("T2")),
    });
    expect(added.ok(), await added.text()).toBe(true);
  }
  const written = await page.request.put(`${activity}/campaign`, { headers, data: { slug: "lantern", content: { ...content, ...change } } });
  expect(written.ok(), await written.text()).toBe(true);
  const published = await page.request.put(`${activity}/campaign/published`, { headers, data: { published: true } });
  expect(published.ok(), await published.text()).toBe(true);
  await page.context().clearCookies();
}

/** Agrees and chooses a photo. */
async function choose(page: Page, file: Parameters<FileChooser["setFiles"]>[0]): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "上传一张自拍" });
  await dialog.getByRole("checkbox").check();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), dialog.getByRole("button", { name: "选择照片" }).click()]);
  await chooser.setFiles(file);
}

const picture = (page: Page) => page.getByRole("img", { name: "融合后的图片" });

test("a visitor agrees, makes pictures of one photo and deletes them", async ({ page, demo, signIn }) => {
  await publish(page, demo, signIn);
  await page.goto("/c/lantern");
  await expect(page.getByRole("heading", { level: 1, name: "灯会" })).toBeVisible();
  await expect(page.getByText("图片由人工智能合成")).toBeVisible();
  await page.getByRole("button", { name: "制作我的照片" }).click();
  const dialog = page.getByRole("dialog", { name: "上传一张自拍" });
  await dialog.getByRole("button", { name: "选择照片" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("请先阅读授权说明并勾选同意");
  await choose(page, SELFIE);
  await expect(picture(page)).toBeVisible();
  const first = (await picture(page).getAttribute("src")) ?? "";
  expect((await page.request.get(first)).status()).toBe(200);

  // The slider shows the template, by the keyboard too.
  const slider = page.getByRole("slider");
  await slider.focus();
  await slider.press("End");
  await expect(slider).toHaveAttribute("aria-valuetext", "模板 100%，结果 0%");
  await slider.press("ArrowLeft");
  await expect(slider).toHaveAttribute("aria-valuetext", "模板 95%，结果 5%");

  // Another template takes the same photo; the first again is shown without another call.
  const sent: string[] = [];
  page.on("request", (request) => request.url().includes("/fusions?") && sent.push(request.url()));
  const templates = page.getByRole("region", { name: "换个模板，不用重选照片" }).getByRole("button");
  await templates.nth(1).click();
  await expect(picture(page)).toBeVisible();
  await expect(picture(page)).not.toHaveAttribute("src", first);
  await templates.nth(0).click();
  await expect(picture(page)).toHaveAttribute("src", first);
  expect(sent).toHaveLength(1);

  // Also after a reload both are there; the consent is known by its receipt.
  await page.reload();
  const made = page.getByRole("region", { name: "本次制作的图片（2）" }).getByRole("button");
  await expect(made).toHaveCount(2);
  await page.getByRole("button", { name: "制作我的照片" }).click();
  await expect(dialog.getByText(/^您已同意授权说明/)).toBeVisible();
  await dialog.getByText("授权说明", { exact: true }).click();
  await expect(dialog.getByText(/^授权回执：\w+$/)).toBeVisible();
  await page.keyboard.press("Escape");
  await made.nth(1).click();
  await expect(picture(page)).toHaveAttribute("src", first);

  await page.getByRole("button", { name: "立即删除" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "删除这张" }).click();
  await expect(picture(page)).not.toHaveAttribute("src", first);
  expect((await page.request.get(first)).status()).toBe(404);
  const second = (await picture(page).getAttribute("src")) ?? "";
  await page.getByRole("button", { name: "立即删除" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "删除" }).click();
  await expect(page.getByRole("heading", { name: "已删除" })).toBeVisible();
  expect((await page.request.get(second)).status()).toBe(404);
  await page.getByRole("button", { name: "返回首页" }).last().click();
  await expect(page.getByRole("heading", { level: 1, name: "灯会" })).toBeVisible();
});

test("a connection that breaks loses no photo", async ({ page, demo, signIn }) => {
  await publish(page, demo, signIn);
  await page.goto("/c/lantern");
  let broken = 0;
  await page.route("**/c/lantern/fusions?*", (route) => ((broken += 1) === 1 ? route.abort("connectionreset") : route.continue()));
  await page.getByRole("button", { name: "制作我的照片" }).click();
  await choose(page, SELFIE);
  await expect(picture(page)).toBeVisible();
  expect(broken).toBe(2);

  await page.context().setOffline(true);
  await page.getByRole("region", { name: "换个模板，不用重选照片" }).getByRole("button").nth(1).click();
  await expect(page.getByRole("alert")).toHaveText("网络已断开，请检查网络后重试");
  await expect(page.getByText("照片还在，网络恢复后会自动继续")).toBeVisible();
  await page.context().setOffline(false);
  await expect(picture(page)).toBeVisible();
});

test("what cannot be used is told, and another can be chosen", async ({ page, demo, signIn }) => {
  await publish(page, demo, signIn);
  await page.goto("/c/lantern");
  await page.getByRole("button", { name: "制作我的照片" }).click();
  const grey = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [400, 400];
    return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
  });
  for (const [file, told] of [
    [{ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("not a picture") }, "这不是图片文件，请选择 JPG 或 PNG 照片"],
    [{ name: "broken.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a picture") }, "您的手机无法打开这张照片，请换一张 JPG 或 PNG 照片"],
    [{ name: "huge.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(49_000_000, 1) }, "这张照片有 49 MB，最大 40 MB。请换一张，或截图后再选"],
    [{ name: "grey.jpg", mimeType: "image/jpeg", buffer: Buffer.from(grey, "base64") }, "照片中没有找到人脸，请换一张正面照"],
  ] as const) {
    await choose(page, file);
    await expect(page.getByRole("alert")).toHaveText(told);
    await page.getByRole("button", { name: "换一张照片" }).click();
  }
  await choose(page, SELFIE);
  await expect(picture(page)).toBeVisible();
});

test("who made enough is told when to come back", async ({ page, demo, signIn }) => {
  await publish(page, demo, signIn, { hourly_limit: 1 });
  await page.goto("/c/lantern");
  await page.getByRole("button", { name: "制作我的照片" }).click();
  await choose(page, SELFIE);
  await expect(picture(page)).toBeVisible();
  await page.getByRole("region", { name: "换个模板，不用重选照片" }).getByRole("button").nth(1).click();
  await expect(page.getByRole("alert")).toHaveText(/^您本小时的制作次数已用完，请在 (明天 )?\d\d:\d\d 后再来$/);
  // What was made can still be opened.
  await page.getByRole("region", { name: "本次制作的图片（1）" }).getByRole("button").click();
  await expect(picture(page)).toBeVisible();
});

test("a page speaks the other language when asked to", async ({ page, demo, signIn }) => {
  await publish(page, demo, signIn);
  await page.goto("/c/lantern");
  await page.getByRole("button", { name: "Switch to English" }).click();
  await expect(page.getByRole("button", { name: "Make my picture" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await page.getByRole("button", { name: "Make my picture" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a selfie" });
  await dialog.getByRole("checkbox").check();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), dialog.getByRole("button", { name: "Choose a photo" }).click()]);
  await chooser.setFiles({ name: "huge.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(49_000_000, 1) });
  await expect(page.getByRole("alert")).toHaveText("This photo has 49 MB; 40 MB is the most. Choose another, or take a screenshot of it");
});

test("apps that show the link read what it is about", async ({ page, demo, signIn }) => {
  await publish(page, demo, signIn, { title: '灯会 "<&>"' });
  const html = await (await page.request.get("/c/lantern")).text();
  expect(html).toContain('<meta property="og:title" content="灯会 &quot;&lt;&amp;&gt;&quot;" />');
  expect(html).toContain(`<meta property="og:url" content="${demo.endpoint}/c/lantern" />`);
  const image = /<meta property="og:image" content="([^"]+)"/.exec(html)?.[1]?.replace(/&amp;/g, "&") ?? "";
  expect((await page.request.get(image)).headers()["content-type"]).toBe("image/jpeg");
  await page.goto("/c/lantern");
  await expect(page).toHaveTitle('灯会 "<&>"');

  // What is not published is not there, and says so kindly.
  const gone = await page.goto("/c/nowhere");
  expect(gone?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "活动不存在或已结束" })).toBeVisible();
});

test("everything of a page can be read and used by everybody", async ({ page, demo, signIn }) => {
  const check = async () => {
    const found = await new AxeBuilder({ page }).analyze();
    const serious = found.violations.filter((one) => one.impact === "serious" || one.impact === "critical");
    expect(serious.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join("\n")}`)).toEqual([]);
  };
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const colours of [content.colours, { primary: "#e0b44c", background: "#14161f", text: "#f3ecdc" }]) {
    await publish(page, demo, signIn, { colours });
    await page.goto("/c/lantern");
    const start = page.getByRole("button", { name: "制作我的照片" });
    await expect(start).toBeVisible();
    await check();
    await start.click();
    await check();
    await choose(page, SELFIE);
    await expect(picture(page)).toBeVisible();
    await check();
    await page.getByRole("button", { name: "立即删除" }).click();
    await check();
    await page.getByRole("alertdialog").getByRole("button", { name: "删除", exact: false }).first().click();
    await page.evaluate(() => sessionStorage.clear());
  }
});

test.describe("at a computer", () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test("the camera takes a selfie, and whoever does not allow it chooses a photo", async ({ page, demo, signIn, complaints }) => {
    await publish(page, demo, signIn);
    await page.goto("/c/lantern");
    await page.getByRole("button", { name: "制作我的照片" }).click();
    const sheet = page.getByRole("dialog", { name: "上传一张自拍" });
    await sheet.getByRole("checkbox").check();
    await sheet.getByRole("button", { name: "拍自拍" }).click();
    const camera = page.getByRole("dialog", { name: "拍一张自拍" });
    await expect(camera.getByText("把脸放进框里，看镜头")).toBeVisible();
    // What this browser's camera shows is no face, and what it took was sent.
    await camera.getByRole("button", { name: "拍照" }).click();
    await expect(page.getByRole("alert")).toHaveText("照片中没有找到人脸，请换一张正面照");

    // The browser itself refuses the camera to a page that comes with this.
    await page.route("**/c/lantern", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "permissions-policy": "camera=()" } });
    });
    await page.reload();
    await page.getByRole("button", { name: "制作我的照片" }).click();
    await sheet.getByRole("button", { name: "拍自拍" }).click();
    await expect(camera.getByRole("alert")).toHaveText("相机没有获得允许。请在浏览器地址栏的设置中允许相机，或从相册选择照片。");
    expect(complaints.splice(0)).toEqual(["Permissions policy violation: camera is not allowed in this document."]);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), camera.getByRole("button", { name: "从相册选择" }).click()]);
    await chooser.setFiles(SELFIE);
    await expect(picture(page)).toBeVisible();
  });
});

test.describe("in WeChat", () => {
  test.use({ userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN" });

  test("a long press saves, for nothing else does", async ({ page, demo, signIn }) => {
    await publish(page, demo, signIn);
    await page.goto("/c/lantern");
    await page.getByRole("button", { name: "制作我的照片" }).click();
    await choose(page, SELFIE);
    await expect(page.getByText("长按图片即可保存或发送给朋友")).toBeVisible();
    // Above the middle of the picture lies nothing that a long press would take instead.
    const box = (await picture(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const top = await page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.className, [box.x + box.width / 2, box.y + box.height / 3] as const);
    expect(top).toBe("fused");
    await page.getByRole("button", { name: "分享" }).click();
    await expect(page.locator(".toast")).toHaveText("点右上角“···”，分享给好友或朋友圈");
  });
});
