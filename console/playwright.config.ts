import { defineConfig } from "@playwright/test";

const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: "e2e",
  testIgnore: process.env["PICTURES"] === undefined ? ["**/pictures.spec.ts"] : [],
  outputDir: "test-results",
  // One server, one set of books: what a test changes the next one sees.
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  reporter: [["list"]],
  use: {
    locale: "zh-CN",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-proxy-server",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
      ],
    },
  },
});
