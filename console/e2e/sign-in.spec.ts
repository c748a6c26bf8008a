import { expect, test } from "./fixtures";

test("a newcomer signs in with one click of the demo and out again", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/console\/login$/);
  await page.getByRole("region", { name: "演示环境" }).getByRole("button").filter({ hasNotText: "运营者" }).click();
  await expect(page).toHaveURL(/\/console\/accounts\/\d+\/overview$/);
  await page.getByRole("button", { name: /的菜单$/ }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await expect(page).toHaveURL(/\/console\/login$/);
});

test("a wrong password is said to be wrong, and what was typed stays", async ({ page }) => {
  await page.goto("/console/login");
  await page.getByLabel("用户名").fill("nobody");
  await page.getByLabel("密码", { exact: true }).fill("not it at all");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("用户名")).toHaveValue("nobody");
});

test("language switches at once and is remembered", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/keys`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("API 密钥");
  await page.getByRole("button", { name: "语言" }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("API keys");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("API keys");
});

test("a session that ends asks for the password over the page, which stays", async ({ page, signIn, context }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/overview`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("概览");
  await context.clearCookies();
  await page.getByRole("link", { name: "成员" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("成员");
  // Somebody comes back to the tab.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  const dialog = page.getByRole("dialog", { name: "登录已过期" });
  await expect(dialog).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, includeHidden: true })).toHaveText("成员");
  const about = (await (await page.request.get("/api/v1/about")).json()) as {
    demo: { logins: { password: string; operator: boolean }[] };
  };
  const password = about.demo.logins.find((one) => !one.operator)?.password ?? "";
  await dialog.getByLabel("密码", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "登录", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("成员");
});

test("an account that is not one's own does not exist", async ({ page, signIn }) => {
  await signIn("customer");
  await page.goto("/console/accounts/999999/overview");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("找不到这个页面");
  await page.goto("/console/operator/accounts");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("您没有权限");
});

test("on a phone the menu is a drawer that Escape closes", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/console/accounts/${account}/overview`);
  await page.getByRole("button", { name: "菜单", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "mien" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("button", { name: "菜单", exact: true }).click();
  await page.getByRole("dialog").getByRole("link", { name: "用量" }).click();
  await expect(page).toHaveURL(/\/usage$/);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
});
