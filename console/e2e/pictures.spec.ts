import { allPages } from "./all-pages";
import { settings, test } from "./fixtures";

const SCREENS = [
  { name: "phone", width: 390, height: 844 },
  { name: "desktop", width: 1440, height: 900 },
];

/** `ONLY=overview,keys` takes these pages only. */
const only = process.env["ONLY"]?.split(",");

for (const visit of allPages.filter((one) => only === undefined || only.includes(one.name))) {
  for (const screen of SCREENS) {
    for (const language of ["zh", "en"] as const) {
      for (const theme of ["light", "dark"] as const) {
        test(`picture: ${visit.name} ${screen.name} ${language} ${theme}`, async ({ page, signIn, demo }) => {
          const account = visit.who === null ? "" : await signIn(visit.who);
          await settings(page, language, theme);
          await page.setViewportSize(screen);
          await page.goto(visit.path(account, demo));
          await page.waitForLoadState("networkidle");
          await page.screenshot({ path: `shots/${visit.name}-${screen.name}-${language}-${theme}.png`, fullPage: true });
        });
      }
    }
  }
}
