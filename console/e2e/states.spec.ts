import { expect, test } from "./fixtures";

test("a session that ends in the middle of a form takes nothing with it", async ({ page, signIn, baseURL }) => {
  const account = await signIn("customer");
  const about = (await (await page.request.get(`${baseURL ?? ""}/api/v1/about`)).json()) as { demo: { logins: { password: string; operator: boolean }[] } };
  const password = about.demo.logins.find((one) => !one.operator)?.password ?? "";
  await page.goto(`/console/accounts/${account}/activities?new`);
  const form = page.getByRole("dialog", { name: "新建活动" });
  await form.getByLabel("活动名称").fill("会话过期");
  await form.getByLabel("活动说明").fill("写了很多字");
  await page.context().clearCookies();
  await form.getByRole("button", { name: "新建", exact: true }).click();

  const ended = page.getByRole("dialog", { name: "登录已过期" });
  await ended.getByLabel("密码", { exact: true }).fill(password);
  await ended.getByRole("button", { name: "登录", exact: true }).click();
  await expect(ended).toHaveCount(0);
  await expect(form.getByLabel("活动说明")).toHaveValue("写了很多字");
  await expect(form.getByRole("alert")).toHaveCount(0);
  await form.getByRole("button", { name: "新建", exact: true }).click();
  await expect(page.getByRole("heading", { name: "会话过期" })).toBeVisible();
});

test("a double click leaves the order's dialog open, and pays once", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/buy?what=pack&pack=pack-100k`);
  await page.getByRole("button", { name: "提交订单" }).dblclick();
  await page.getByRole("dialog", { name: "确认订单" }).getByRole("button", { name: "支付 ¥1,700.00" }).dblclick();
  await expect(page).toHaveURL(/\/orders\/\d+$/);
  await page.goto(`/console/accounts/${account}/orders`);
  await expect(page.getByRole("link", { name: "资源包 · 100,000 次" })).toHaveCount(1);
});

test("a page that cannot be read says so, and is there when it is tried again", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/overview`);
  await expect(page.getByText("今日调用")).toBeVisible();
  await page.route("**/api/v1/**", (route) => route.abort());
  await page.getByRole("link", { name: "余额与收支" }).first().click();
  await expect(page.getByText("连接不到服务").first()).toBeVisible({ timeout: 15_000 });
  await page.unroute("**/api/v1/**");
  await page.getByRole("button", { name: "重试" }).first().click();
  await expect(page.getByRole("region", { name: "收支明细" }).first()).toBeVisible();
});

test("a page whose code does not come says so, and comes when the network is back", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/overview`);
  await expect(page.getByText("今日调用")).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Webhook", exact: true }).click();
  await expect(page.getByRole("heading", { name: "页面没有加载成功" })).toBeVisible();
  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(page.getByRole("heading", { name: "Webhook", exact: true })).toBeVisible();
});
