import { expect, test } from "./fixtures";

interface Material {
  id: string;
  name: string;
}

test("a thousand materials ask for few and small pictures, and nothing jumps", async ({ page, signIn, demo }) => {
  const account = await signIn("customer");
  const list = `/api/v1/accounts/${account}/activities/${demo.activity}/materials`;
  const { materials } = (await (await page.request.get(list)).json()) as { materials: Material[] };
  const one = materials.find((material) => material.id === demo.material) as Material;
  const many = Array.from({ length: 1000 }, (_, index) => ({ ...one, id: `qc_${demo.activity}_${200_000 + index}_1`, name: `素材 ${index}` }));
  await page.route(`**${list}?*`, (route) => route.fulfill({ json: { materials: many, total: 1000, quota: 1000 } }));
  const small = await (await page.request.get(`/api/v1/accounts/${account}/materials/${demo.material}/picture?width=320`)).body();
  const asked: string[] = [];
  await page.route("**/picture?*", (route) => {
    asked.push(route.request().url());
    return route.fulfill({ body: small, contentType: "image/jpeg" });
  });

  await page.goto(`/console/accounts/${account}/activities/${demo.activity}/materials`);
  await expect(page.getByText("素材 0", { exact: true })).toBeVisible();
  await expect.poll(() => asked.length).toBeGreaterThan(3);
  await page.waitForLoadState("networkidle");
  expect(asked.length).toBeLessThan(120);
  expect(asked.filter((url) => !/[?&]width=(160|320|640)$/.test(url))).toEqual([]);
  const first = asked.length;
  // Scrolling to the end asks for what is there, not for all that lies between.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect.poll(() => asked.length).toBeGreaterThan(first);
  await page.waitForLoadState("networkidle");
  expect(asked.length).toBeLessThan(300);
  // Cards have their size before they are drawn: what was above the end is about as high as before.
  const after = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(Math.abs(after - height) / height).toBeLessThan(0.1);
});

test("a list shows small pictures, a material's details the file itself", async ({ page, signIn, demo }) => {
  const account = await signIn("customer");
  const loaded: string[] = [];
  page.on("response", (response) => response.url().includes("/picture?") && response.status() === 200 && loaded.push(response.url()));
  await page.goto(`/console/accounts/${account}/activities/${demo.activity}/materials`);
  await page.getByRole("button", { name: /^查看 / }).first().click();
  await expect(page.getByRole("dialog", { name: "素材详情" }).getByRole("img").first()).toBeVisible();
  await expect.poll(() => loaded.filter((url) => !url.includes("width=")).length).toBe(1);
  expect(loaded.filter((url) => url.includes("width=")).length).toBeGreaterThan(0);
});
