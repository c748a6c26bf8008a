import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Sends something over the API as whoever is signed in. */
async function send(page: Page, method: "post" | "get", path: string, data?: unknown): Promise<unknown> {
  const { csrf } = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  const answer = await page.request[method](`/api/v1${path}`, { headers: { "x-mien-csrf": csrf }, ...(data === undefined ? {} : { data }) });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

test("an account is created, credited, suspended and let in again, and the log tells so", async ({ page, signIn }) => {
  await signIn("operator");
  await page.goto("/console/operator/accounts");
  await page.getByRole("button", { name: "新建账户" }).first().click();
  await page.getByRole("dialog").getByLabel("名称").fill("灯影文化");
  await page.getByRole("dialog").getByRole("button", { name: "新建", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "灯影文化" })).toBeVisible();

  await page.getByRole("button", { name: "充值" }).click();
  await page.getByRole("dialog").getByLabel("金额（元）").fill("800");
  await page.getByRole("dialog").getByRole("button", { name: "充值 ¥800.00" }).click();
  await expect(page.getByText("已充值 ¥800.00，余额 ¥800.00")).toBeVisible();

  for (const [act, told] of [["停用账户", "账户已停用"], ["恢复账户", "账户已恢复"]] as const) {
    await page.getByRole("button", { name: act }).click();
    await page.getByRole("dialog").getByRole("button", { name: act }).click();
    await expect(page.getByText(told, { exact: true })).toBeVisible();
  }

  await page.getByRole("link", { name: "操作记录" }).last().click();
  const log = page.getByRole("table");
  for (const action of ["新建账户", "充值", "更改账户"]) {
    await expect(log.getByText(action, { exact: true }).first()).toBeVisible();
  }
  await expect(log.getByRole("link", { name: "灯影文化" }).first()).toBeVisible();
  // Nothing stands there as programs write it.
  await expect(log.getByText(/\/operator\/|\{account\}/)).toHaveCount(0);
});

test("an exemption is set with a reason, listed and ended", async ({ page, signIn }) => {
  await signIn("operator");
  const { id } = (await send(page, "post", "/operator/accounts", { name: "西湖文旅" })) as { id: string };
  await page.goto(`/console/operator/accounts/${id}`);
  await page.getByRole("button", { name: "设置豁免" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "设置豁免" }).click();
  await expect(dialog.getByText("请填写理由")).toBeVisible();
  await dialog.getByLabel("理由").fill("合同第七条");
  await dialog.getByLabel("最后一天").last().fill("2099-12-31");
  await dialog.getByRole("button", { name: "设置豁免" }).click();
  await expect(page.getByText("生效中")).toBeVisible();

  await page.goto("/console/operator/exemptions");
  const row = page.getByRole("row").filter({ hasText: "西湖文旅" });
  await expect(row.getByText("合同第七条")).toBeVisible();
  await expect(row.getByText(/2099/)).toBeVisible();
  await row.getByRole("link").click();
  await page.getByRole("button", { name: "结束豁免" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "结束豁免" }).click();
  await expect(page.getByText("没有豁免，融合图都带可见标识")).toBeVisible();
});

test("an appeal is decided, for and against", async ({ page, demo, signIn }) => {
  const account = await signIn("customer");
  const { csrf } = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  const empty = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [600, 800];
    return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
  });
  for (const name of ["backlit", "profile"]) {
    const added = await page.request.post(`/api/v1/accounts/${account}/activities/${demo.activity}/materials?name=${name}`, {
      headers: { "x-mien-csrf": csrf, "content-type": "image/jpeg" },
      data: Buffer.from(empty, "base64"),
    });
    const { id } = (await added.json()) as { id: string };
    await send(page, "post", `/accounts/${account}/materials/${id}/appeal`, { reason: `${name} is meant so` });
  }

  await page.context().clearCookies();
  await signIn("operator");
  await page.goto("/console/operator/reviews");
  const choose = (name: string) => page.getByRole("navigation", { name: "队列" }).getByRole("button", { name: new RegExp(name) }).click();
  await choose("backlit");
  await expect(page.getByText("backlit is meant so")).toBeVisible();
  await page.getByRole("button", { name: /^通过/ }).click();
  await expect(page.getByText("已通过「backlit」")).toBeVisible();
  await choose("profile");
  await page.getByRole("button", { name: /^驳回/ }).click();
  await expect(page.getByText("请写明驳回的理由，客户才知道如何修改")).toBeVisible();
  await page.getByRole("group", { name: "常用理由" }).getByRole("button").first().click();
  await page.getByRole("button", { name: /^驳回/ }).click();
  await expect(page.getByText("已驳回「profile」")).toBeVisible();

  const list = `/accounts/${account}/activities/${demo.activity}/materials`;
  const { materials } = (await send(page, "get", list)) as { materials: { name: string; status: string }[] };
  const status = (name: string) => materials.find((material) => material.name === name)?.status;
  expect([status("backlit"), status("profile")]).toEqual(["appeal_won", "appeal_lost"]);
});
