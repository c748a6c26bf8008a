import { expect, test } from "./fixtures";

test("an operator credits an account", async ({ page, signIn }) => {
  await signIn("operator");
  await page.goto("/console/operator/accounts");
  await page.getByRole("table").getByRole("link").first().click();
  await page.getByRole("button", { name: "充值" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("金额（元）").fill("0");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("金额（元）").fill("1,234.5");
  await dialog.getByRole("button", { name: "充值 ¥1,234.50" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^已充值 ¥1,234\.50/)).toBeVisible();
});

test("a new user's password is shown once", async ({ page, signIn }) => {
  await signIn("operator");
  await page.goto("/console/operator/users");
  await page.getByRole("button", { name: "新建用户" }).click();
  await page.getByRole("dialog").getByLabel("用户名").fill("newcomer");
  await page.getByRole("dialog").getByRole("button", { name: "新建", exact: true }).click();
  const once = page.getByRole("dialog", { name: "newcomer 的密码" });
  await expect(once.getByRole("button", { name: /^复制/ })).toBeVisible();
  await once.getByRole("button", { name: "我已保存" }).click();
  await expect(page.getByRole("table").getByText("newcomer", { exact: true }).first()).toBeVisible();
});

test("a new edition of the catalogue is checked while one writes, and compared with the one in force", async ({ page, signIn }) => {
  await signIn("operator");
  await page.goto("/console/operator/catalogue");
  await page.getByRole("radio", { name: "新版本" }).click();
  const file = page.getByRole("textbox", { name: "价目表文件（TOML）" });
  const text = await file.inputValue();
  await file.fill(text.replace('price = "5000.00"', "price = 5000"));
  await expect(page.getByRole("heading", { name: "问题" })).toBeVisible();
  await expect(page.getByRole("button", { name: "启用新版本" })).toBeDisabled();
  await file.fill(text.replace('price = "5000.00"', 'price = "4800.00"').replace('version = "2027-01"', 'version = "2027-02"'));
  await expect(page.getByRole("table").getByText("4800.00")).toBeVisible();
  await page.getByRole("button", { name: "启用新版本" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "启用新版本" }).click();
  await expect(page.getByText("价目表 2027-02 已生效")).toBeVisible();
});

test("the explorer makes a call and tells what it cost", async ({ page, signIn }) => {
  const account = await signIn("customer");
  await page.goto(`/console/accounts/${account}/explorer`);
  await page.getByLabel("接口", { exact: true }).selectOption("DescribeMaterialList");
  await page.getByRole("button", { name: "发送" }).click();
  await expect(page.getByText("成功", { exact: true })).toBeVisible();
  await expect(page.getByText("未计费")).toBeVisible();
  await page.getByRole("radio", { name: "签名过程" }).click();
  await expect(page.getByText("TC3-HMAC-SHA256").first()).toBeVisible();
});
