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

test("exemptions are read at once, and the log is filtered on the server", async ({ page, signIn }) => {
  await signIn("operator");
  const { csrf } = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  const { accounts } = (await (await page.request.get("/api/v1/operator/accounts")).json()) as { accounts: { id: string }[] };
  const account = accounts[0]?.id ?? "";
  await page.request.put(`/api/v1/operator/accounts/${account}/exemption`, { headers: { "x-mien-csrf": csrf }, data: { reason: "合同第七条" } });
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("exemption") && request.resourceType() === "fetch" && asked.push(request.url()));
  await page.goto("/console/operator/exemptions");
  await expect(page.getByText("合同第七条")).toBeVisible();
  expect(asked).toHaveLength(1);
  await page.request.delete(`/api/v1/operator/accounts/${account}/exemption`, { headers: { "x-mien-csrf": csrf } });

  await page.request.post("/api/v1/session", { data: { login: "intruder", password: "guess-guess" } });
  await page.goto("/console/operator/audit?action=sign_in_failed");
  await expect(page.getByText("用户名 intruder")).toBeVisible();
  await expect(page.getByText("guess-guess")).toHaveCount(0);
  await page.getByLabel("截止日").fill("2020-01-01");
  await expect(page.getByText("没有符合的记录")).toBeVisible();
});

test("an operator makes another one, and takes it back", async ({ page, signIn }) => {
  await signIn("operator");
  const { csrf } = (await (await page.request.get("/api/v1/session")).json()) as { csrf: string };
  await page.request.post("/api/v1/operator/users", { headers: { "x-mien-csrf": csrf }, data: { login: "second" } });
  await page.goto("/console/operator/users");
  const row = page.getByRole("row").filter({ hasText: "second" });
  for (const [act, told] of [["设为运营者", "second 已是运营者"], ["取消运营者", "second 不再是运营者"]] as const) {
    await row.getByRole("button", { name: "second 的操作" }).click();
    await page.getByRole("menuitem", { name: act }).click();
    await page.getByRole("dialog").getByRole("button", { name: act }).click();
    await expect(page.getByText(told)).toBeVisible();
  }
});
