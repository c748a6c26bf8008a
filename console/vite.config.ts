import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The mien whose API `npm run dev` passes on. */
const proxied = { target: process.env["MIEN_ENDPOINT"] ?? "http://127.0.0.1:8670", changeOrigin: false };

/** The page itself comes from here, so that `npm run dev` shows it as it is being written; its pictures from mien. */
const ofCampaign = {
  ...proxied,
  bypass: (request: { url?: string; method?: string }) =>
    request.method === "GET" && /^\/c\/[^/?]+(\?.*)?$/.test(request.url ?? "") ? "/console/campaign.html" : undefined,
};

export default defineConfig({
  base: "/console/",
  plugins: [react()],
  resolve: { alias: { "@": here("src") } },
  build: {
    target: "es2022",
    // What is viewed in apps may be some years old.
    cssTarget: ["chrome80", "safari13.1"],
    manifest: true,
    // The pages that the server gives out; each brings only what it imports.
    rolldownOptions: { input: { console: here("index.html"), campaign: here("campaign.html") } },
    // The server's policy allows no inline script, and data addresses for pictures only.
    modulePreload: { polyfill: false },
    assetsInlineLimit: (file) => (file.endsWith(".svg") ? undefined : false),
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: { "/api": proxied, "^/c/": ofCampaign, "/results": proxied, "/materials": proxied },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test-setup.ts"],
    css: false,
    server: { deps: { inline: [/tdesign-react/] } },
  },
});
