import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Sends a change as another tab would. */
async function elsewhere(page: Page, method: "PATCH" | "PUT" | "POST", path: string, data: object): Promise<{ id: string }> {
  const { csrf } = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  const answer = await page.request.fetch(`/api/v1${path}`, { method, headers: { "x-mien-csrf": csrf }, data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as { id: string };
}

test("a name that another tab changed is not written over without a question", async ({ page, signIn }) => {
  const account = await signIn("customer");
  const { id } = await elsewhere(page, "POST", `/accounts/${account}/activities`, { name: "两个窗口", algorithm: "natural" });
  const path = `/accounts/${account}/activities/${id}`;
  await page.goto(`/console${path}/settings`);
  await page.getByLabel("活动名称").fill("我的名字");
  await page.getByLabel(/活动说明/).fill("我的说明");
  await elsewhere(page, "PATCH", path, { name: "他们的名字" });
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("内容在别处被更改，您看到的是之前的样子。")).toBeVisible();
  await expect(page.getByText("活动名称：他们的名字")).toBeVisible();
  await page.getByRole("button", { name: "仍用我的" }).click();
  await expect(page.getByText("已保存")).toBeVisible();
  const now = (await (await page.request.get(`/api/v1${path}`)).json()) as { name: string; details: string };
  expect(now).toMatchObject({ name: "我的名字", details: "我的说明" });

  // Another part was changed elsewhere: both changes hold, and nothing is asked.
  await page.getByLabel("活动名称").fill("又一个名字");
  await elsewhere(page, "PATCH", path, { details: "他们的说明" });
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("button", { name: "放弃更改" })).toHaveCount(0);
  const both = (await (await page.request.get(`/api/v1${path}`)).json()) as { name: string; details: string };
  expect(both).toMatchObject({ name: "又一个名字", details: "他们的说明" });
});

test("a licence bought in another tab locks what is being switched, and says so", async ({ page, signIn }) => {
  await signIn("operator");
  const account = (await elsewhere(page, "POST", "/operator/accounts", { name: "两个窗口" })).id;
  await elsewhere(page, "POST", `/operator/accounts/${account}/top-ups`, { key: "e2e", amount: "6000", note: "" });
  const { id } = await elsewhere(page, "POST", `/accounts/${account}/activities`, { name: "将授权", algorithm: "natural" });
  await page.goto(`/console/accounts/${account}/activities/${id}/settings`);
  await page.getByText("相似版").click();
  const sold = (await (await page.request.get(`/api/v1/accounts/${account}/catalogue`)).json()) as { licences: { price: string }[] };
  await elsewhere(page, "POST", `/accounts/${account}/orders`, { key: "e2e", agreed: sold.licences[0]?.price, purchase: { buy: "licence", activity: id } });
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText(/此活动刚刚购买了套餐，算法版本与素材额度已锁定/)).toBeVisible();
  await expect(page.getByRole("radio", { name: /自然版/ })).toBeChecked();
});

test("two who write a campaign page keep what each of them changed", async ({ page, signIn }) => {
  const account = await signIn("customer");
  const { id } = await elsewhere(page, "POST", `/accounts/${account}/activities`, { name: "同写一页", algorithm: "natural" });
  const path = `/accounts/${account}/activities/${id}/campaign`;
  const content = {
    title: "原来",
    subtitle: "",
    consent_text: "照片只用于制作您选择的图片，不会保存。",
    buttons: {},
    colours: { primary: "#c8102e", background: "#fff8f0", text: "#222222" },
    share: {},
    materials: null,
    hourly_limit: 10,
    keep_result_hours: 24,
  };
  await elsewhere(page, "PUT", path, { slug: "two-tabs", content });
  await page.goto(`/console/accounts/${account}/activities/${id}/campaign`);
  await page.getByLabel("标题", { exact: true }).fill("我的标题");
  await elsewhere(page, "PUT", path, { slug: "two-tabs", content: { ...content, subtitle: "他们的副标题" } });
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByText("页面已保存")).toBeVisible();
  await expect(page.getByLabel(/副标题/)).toHaveValue("他们的副标题");

  await page.getByLabel("标题", { exact: true }).fill("又是我的");
  await elsewhere(page, "PUT", path, { slug: "two-tabs", content: { ...content, title: "又是他们的", subtitle: "他们的副标题" } });
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByText("您和别处都修改了：标题")).toBeVisible();
  await page.getByRole("button", { name: "用最新的" }).click();
  await expect(page.getByLabel("标题", { exact: true })).toHaveValue("又是他们的");

  // An address that a page has which is not published.
  const other = await elsewhere(page, "POST", `/accounts/${account}/activities`, { name: "另一页", algorithm: "natural" });
  await page.goto(`/console/accounts/${account}/activities/${other.id}/campaign`);
  const address = page.getByLabel("页面地址");
  await address.fill("two-tabs");
  await expect(page.getByText("这个地址已被其他页面使用，请换一个")).toBeVisible();
  await address.fill("two-tabs-2");
  await expect(page.getByText(/^地址可用/)).toBeVisible();
});
