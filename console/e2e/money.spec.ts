import { expect, test } from "./fixtures";

test("an owner upgrades QPS on chosen days, and it is paid once", async ({ page, signIn, demo }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/buy?what=qps&activity=${demo.activity}`);
  const days = page.getByRole("grid", { name: "按天的 QPS" }).getByRole("gridcell");
  await days.nth(8).click();
  await days.nth(10).click();
  const summary = page.getByRole("region", { name: "订单" });
  await expect(summary.getByText("¥630.00").first()).toBeVisible();
  await summary.getByRole("button", { name: "提交订单" }).click();
  const dialog = page.getByRole("dialog", { name: "确认订单" });
  await expect(dialog.getByText("支付后不可退款、不可暂停、不可更换。")).toBeVisible();

  // The connection is lost after the order has reached the server: nobody knows how it ended.
  await page.route("**/orders", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await dialog.getByRole("button", { name: "支付 ¥630.00" }).click();
  await expect(dialog.getByText("没有收到结果，订单可能已支付")).toBeVisible();
  await page.unroute("**/orders");
  await dialog.getByRole("button", { name: "再次确认支付" }).click();

  await expect(page).toHaveURL(/\/orders\/\d+$/);
  await expect(page.getByText("这笔订单此前已支付")).toBeVisible();
  await page.goto(`/console/accounts/${account}/orders`);
  await expect(page.getByRole("link", { name: /升级 QPS · 每秒 \+10 次/ })).toHaveCount(1);
});

test("days above the ceiling are named before anything is paid", async ({ page, signIn, demo }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/buy?what=qps&activity=${demo.activity}`);
  const grid = page.getByRole("grid", { name: "按天的 QPS" });
  await grid.getByRole("gridcell").and(page.locator("[tabindex='0']")).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(grid.locator("[aria-selected='true']")).toHaveCount(2);
  await page.getByRole("button", { name: /所选日期最多可加/ }).click();
  await expect(page.getByText(/天超过上限/)).toHaveCount(0);
  await page.getByRole("button", { name: "增加", exact: true }).click();
  await expect(page.getByText("有 2 天超过上限 1,000，不能下单")).toBeVisible();
  await expect(page.getByRole("button", { name: "提交订单" })).toHaveCount(0);
});

test("the month's statement is right by what the browser itself can check", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/bills`);
  await page.getByRole("link", { name: /^查看对账单/ }).first().click();
  await expect(page.getByText("签名与内容相符")).toBeVisible();
  await expect(page.getByText("通过", { exact: true })).toHaveCount(5);
  await expect(page.getByText("不符", { exact: true })).toHaveCount(0);
});

test("a key's secret is shown once, and the key goes when it is deleted", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/keys`);
  await page.getByRole("button", { name: "新建" }).click();
  await page.getByRole("textbox", { name: /备注/ }).fill("e2e");
  await page.getByRole("dialog").getByRole("button", { name: "新建" }).click();
  const created = page.getByRole("dialog", { name: "密钥已创建" });
  const secret = await created.locator("code").nth(1).innerText();
  await expect(created.getByRole("button", { name: "完成" })).toBeDisabled();
  await created.getByRole("checkbox").check();
  await created.getByRole("button", { name: "完成" }).click();
  const row = page.getByRole("row").filter({ hasText: "e2e" });
  await expect(row).toHaveCount(1);
  await expect(page.getByText(secret)).toHaveCount(0);
  await row.getByRole("button", { name: /^删除/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(row).toHaveCount(0);
});

test("usage keeps what is chosen in its address", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/usage`);
  // The address holds the state, which follows a moment after the click.
  await page.getByRole("radio", { name: "按结果" }).click();
  await expect(page.getByRole("radio", { name: "按结果" })).toBeChecked();
  await page.getByRole("radio", { name: "近 7 天" }).click();
  await expect(page).toHaveURL(/range=week/);
  await page.reload();
  await expect(page.getByRole("radio", { name: "按结果" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "近 7 天" })).toBeChecked();
});
