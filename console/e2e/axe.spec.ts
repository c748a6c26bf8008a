import AxeBuilder from "@axe-core/playwright";
import { allPages } from "./all-pages";
import { expect, settings, test } from "./fixtures";

for (const theme of ["light", "dark"] as const) {
  for (const visit of allPages) {
    test(`axe: ${visit.name}, ${theme}`, async ({ page, signIn, demo }) => {
      const account = visit.who === null ? "" : await signIn(visit.who);
      await settings(page, "zh", theme);
      await page.goto(visit.path(account, demo));
      // A page with a preview in a frame does not always count as idle; what is looked at is there by then.
      await page.waitForLoadState("networkidle", { timeout: 5000 }).catch(() => undefined);
      await expect(page.locator("h1").first()).toBeVisible();
      const found = await new AxeBuilder({ page }).analyze();
      const serious = found.violations.filter((one) => one.impact === "serious" || one.impact === "critical");
      expect(serious.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join("\n")}`)).toEqual([]);
    });
  }
}
