import { test as base, expect, type Page } from "@playwright/test";
import { startServer, type Demo } from "./server";

export { expect };

/** Who signs in: the demo's customer or its operator. */
export type Who = "customer" | "operator";

interface Fixtures {
  /** Signs in over the API, so that the page begins inside. */
  signIn: (who: Who) => Promise<string>;
  /** Fails the test at its end if a page complained in the browser's console. */
  complaints: string[];
}

interface WorkerFixtures {
  demo: Demo;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  demo: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await startServer();
      await use(server.demo);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ demo }, use) => {
    await use(demo.endpoint);
  },
  signIn: async ({ page, baseURL }, use) => {
    await use((who) => signIn(page, baseURL ?? "", who));
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        // Answers that are problems are told as errors by the browser; pages deal with them.
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
          complaints.push(message.text());
        }
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

interface About {
  demo: { logins: { login: string; password: string; operator: boolean }[] };
}

/** Leaves the page's browser signed in and tells the first account. */
async function signIn(page: Page, endpoint: string, who: Who): Promise<string> {
  const about = (await (await page.request.get(`${endpoint}/api/v1/about`)).json()) as About;
  const login = about.demo.logins.find((one) => one.operator === (who === "operator"));
  if (!login) {
    throw new Error(`the demo has no ${who}`);
  }
  const answer = await page.request.post(`${endpoint}/api/v1/session`, {
    data: { login: login.login, password: login.password },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const session = (await answer.json()) as { accounts: { id: string }[] };
  return session.accounts[0]?.id ?? "";
}

/** Sets language and theme before the page is loaded. */
export async function settings(page: Page, language: "zh" | "en", theme: "light" | "dark"): Promise<void> {
  await page.addInitScript(
    ([chosenLanguage, chosenTheme]) => {
      localStorage.setItem("mien.language", chosenLanguage);
      localStorage.setItem("mien.theme", chosenTheme);
    },
    [language, theme] as const,
  );
}
