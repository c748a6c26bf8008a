import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What a demo server prints when it is ready, as far as the suite needs it. */
export interface Demo {
  /** Where it is, such as `http://127.0.0.1:4711`. */
  endpoint: string;
  /** The demo's activity and material. */
  activity: string;
  material: string;
}

export interface RunningServer {
  demo: Demo;
  stop: () => Promise<void>;
}

const PROGRAM = process.env["MIEN_PROGRAM"] ?? fileURLToPath(new URL("../../target/debug/mien", import.meta.url));

/** Starts `mien serve --demo` with books of its own on a free port. */
export async function startServer(): Promise<RunningServer> {
  const work = await mkdtemp(join(tmpdir(), "mien-console-"));
  const server = spawn(PROGRAM, ["serve", "--demo", "--json", "--data", join(work, "books"), "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  server.stderr.on("data", (bytes: Buffer) => (log += bytes.toString()));
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    server.once("error", reject);
    void ended.then(() => reject(new Error(`mien serve ended:\n${log}`)));
    createInterface(server.stdout).once("line", resolve);
  });
  const told = JSON.parse(line) as { endpoint: string; project_id: string; model_id: string };
  const endpoint = told.endpoint.includes("://") ? told.endpoint : `http://${told.endpoint}`;
  return {
    demo: { endpoint, activity: told.project_id, material: told.model_id },
    stop: async () => {
      server.kill();
      await ended;
      await rm(work, { recursive: true, force: true });
    },
  };
}
