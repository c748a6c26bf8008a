// Fails when a first visit loads more script than it may: the overview, the campaign page.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

// What is loaded first, and how much that may be in all, in bytes by gzip.
const BUDGETS = [
  { name: "overview", entries: ["index.html", "src/pages/overview/index.tsx"], script: 300_000, all: 360_000 },
  { name: "sign in", entries: ["index.html", "src/pages/login/index.tsx"], script: 300_000, all: 360_000 },
  { name: "campaign", entries: ["campaign.html"], script: 100_000, all: 150_000 },
];

// What is imported at once; what is imported when needed (charts, other pages) is not.
function loaded(entry, seen = new Set()) {
  const chunk = manifest[entry];
  if (chunk === undefined) {
    throw new Error(`the build has no ${entry}`);
  }
  seen.add(chunk.file);
  (chunk.css ?? []).forEach((file) => seen.add(file));
  (chunk.imports ?? []).filter((name) => !seen.has(manifest[name]?.file)).forEach((name) => loaded(name, seen));
  return seen;
}

const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const sum = (files) => files.reduce((total, file) => total + size(file), 0);
let failed = false;
for (const { name, entries, script, all } of BUDGETS) {
  const files = [...new Set(entries.flatMap((entry) => [...loaded(entry)]))];
  const scripts = sum(files.filter((file) => file.endsWith(".js")));
  const total = sum(files);
  const fits = scripts <= script && total <= all;
  failed ||= !fits;
  console.log(`${fits ? "ok  " : "OVER"} ${name}: script ${scripts} of ${script}, all ${total} of ${all} bytes by gzip`);
}
process.exit(failed ? 1 : 0);
