// After Vite: a compressed form beside each file that gets smaller by it, for the server to give out as it is.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = /\.(html|js|css|svg|json|txt)$/;
const LEAST_BYTES = 512;

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      yield* files(path);
    } else {
      yield path;
    }
  }
}

const dist = new URL("../dist", import.meta.url).pathname;
for (const path of files(dist)) {
  if (!TEXT.test(path) || path.includes("/.vite/")) {
    continue;
  }
  const bytes = readFileSync(path);
  if (bytes.length < LEAST_BYTES) {
    continue;
  }
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  for (const [ending, packed] of [["gz", gzipSync(bytes, { level: 9 })], ["br", brotli]]) {
    if (packed.length < bytes.length) {
      writeFileSync(`${path}.${ending}`, packed);
    }
  }
}
