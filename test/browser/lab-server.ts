/**
 * One JupyterLab for all tests of this folder, started as a reader starts it: `npm run lab`.
 *
 * Its settings and workspaces are its own, so that a test neither meets nor changes those of whoever
 * works in the project.
 */
import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";

import type { TestProject } from "vitest/node";

const root = path.resolve(import.meta.dirname, "../..");

/** Milliseconds for a set-up that finds everything in place and the first answer of the server. */
const PATIENCE = 90_000;

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the start page, as `npm run lab` prints it. */
    startPage: string;
    /** A folder below the project's, by its path from there, that is removed after the tests. */
    scratch: string;
  }
}

/** Called by vitest before the first test; what it returns, after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  fs.mkdirSync(path.join(root, ".cache"), { recursive: true });
  fs.mkdirSync(path.join(root, ".cache/screenshots"), { recursive: true });
  const folder = fs.mkdtempSync(path.join(root, ".cache/browser-"));
  writeSettings(folder);
  const lab = await start(folder);
  project.provide("startPage", await addressOf(lab));
  project.provide("scratch", path.relative(root, folder));
  return async () => {
    await end(lab);
    fs.rmSync(folder, { recursive: true, force: true });
  };
}

/** JupyterLab saves every two minutes: no test may write into a notebook of the course. */
function writeSettings(folder: string): void {
  const file = path.join(
    folder,
    "settings/@jupyterlab/docmanager-extension/plugin.jupyterlab-settings",
  );
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ autosave: false }));
}

async function start(folder: string): Promise<ChildProcess> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  // Variables of test runs; with CI set, nothing would be drawn while a cell runs.
  for (const name of ["CI", "VITEST", "NODE_ENV"]) delete env[name];
  const flags = [
    "--no-browser",
    `--port=${await freePort()}`,
    "--ServerApp.token=browser-tests",
    "--expose-app-in-browser",
    // Notebooks of the tests lie below .cache.
    "--ContentsManager.allow_hidden=True",
    `--LabApp.user_settings_dir=${path.join(folder, "settings")}`,
    `--LabApp.workspaces_dir=${path.join(folder, "workspaces")}`,
  ];
  return spawn("npm", ["run", "lab", "--", ...flags], {
    cwd: root,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Resolves with the address that `npm run lab` prints once it is open. */
function addressOf(lab: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (why: string): void => reject(new Error(`npm run lab ${why}; it said: ${said}`));
    const timer = setTimeout(() => fail(`gave no address within ${PATIENCE} ms`), PATIENCE);
    const listen = (data: Buffer): void => {
      said += data.toString();
      const address = /http:\/\/localhost:\S+/.exec(said)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    lab.stdout?.on("data", listen);
    lab.stderr?.on("data", listen);
    lab.once("exit", (code) => fail(`ended with ${code}`));
  });
}

/** Ctrl-C in the terminal of `npm run lab`. */
async function end(lab: ChildProcess): Promise<void> {
  if (lab.exitCode !== null || lab.pid === undefined) return;
  const ended = new Promise((resolve) => lab.once("exit", resolve));
  process.kill(-lab.pid, "SIGINT");
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "localhost", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
