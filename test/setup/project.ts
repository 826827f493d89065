/** A small project in a folder of its own, with our set-up in it, and ways to run it and to break it. */
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { afterAll } from "vitest";

const temporary: string[] = [];
afterAll(() => {
  for (const folder of temporary) fs.rmSync(folder, { recursive: true, force: true });
});

/** A fresh folder that is removed after the tests of a file. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "glassbox-"));
  temporary.push(folder);
  return folder;
}

export const root = path.resolve(import.meta.dirname, "../..");

const SETTINGS = [
  "package.json",
  "package-lock.json",
  ".npmrc",
  "tsconfig.json",
  "tsconfig.build.json",
];

export interface ProjectOptions {
  /** Name of the folder. */
  readonly name?: string;
  /** Link the real node_modules, so that npm has nothing to do. Default true. */
  readonly modules?: boolean;
  /** Put in place what looks like finished Python tools. Default true. */
  readonly tools?: boolean;
}

/** Makes the project under the system's temporary folder; returns its path. */
export function makeProject({
  name = "project",
  modules = true,
  tools = true,
}: ProjectOptions = {}): string {
  const folder = path.join(temporaryFolder(), name);
  fs.mkdirSync(folder);
  fs.cpSync(path.join(root, "setup"), path.join(folder, "setup"), { recursive: true });
  for (const file of SETTINGS) fs.copyFileSync(path.join(root, file), path.join(folder, file));
  write(folder, "src/core/two.ts", "export const two: number = 2;\n");
  write(
    folder,
    "src/core/four.ts",
    'import { two } from "./two.ts";\nexport const four: number = two + two;\n',
  );
  if (modules) fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  if (tools) pretendTools(folder);
  return folder;
}

/** The stamp that a finished set-up of the Python tools leaves. */
function pretendTools(folder: string): void {
  write(folder, ".venv/bin/python", "#!/bin/sh\nexit 0\n", 0o755);
  const code = `
    const { hash, readText } = require("./setup/project/files.cjs");
    const { requirements, root } = require("./setup/project/paths.cjs");
    console.log(JSON.stringify({ list: hash(readText(requirements)), folder: root }));`;
  const stamp = spawnSync(process.execPath, ["-e", code], { cwd: folder, encoding: "utf8" }).stdout;
  write(folder, ".venv/glassbox.json", stamp);
}

export function write(folder: string, file: string, text: string, mode = 0o644): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text, { mode });
}

export function read(folder: string, file: string): string {
  return fs.readFileSync(path.join(folder, file), "utf8");
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Record<string, string | undefined>;
  /** Options of Node itself, such as --require. */
  readonly node?: readonly string[];
  /** A shell line to run around it; "$@" is the command. */
  readonly shell?: string;
}

/** Variables of the test run itself that a reader's terminal does not have. */
const FOREIGN =
  /^(npm_|INIT_CWD|VITEST|NODE_ENV|GLASSBOX_|JUPYTER|IPYTHON|PIP_CACHE_DIR|VIRTUAL_ENV)/;

/**
 * The environment of a reader's terminal, but with an npm that is not there: `npm ci` in a project whose
 * node_modules is a link would empty the real one, and without TensorFlow, whose addon would be built into it.
 * `npm_execpath: undefined` and `GLASSBOX_ENGINE: undefined` bring them back.
 */
export function readersEnvironment(more: RunOptions["env"] = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const absent = { npm_execpath: "/nowhere/npm-cli.js", GLASSBOX_ENGINE: "wasm" };
  return { ...Object.fromEntries(own), ...absent, ...more };
}

/** Runs a command of ours in a project, to its end. */
export function run(
  folder: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const command = [process.execPath, ...(options.node ?? []), ...args];
  const whole = options.shell ? ["sh", "-c", options.shell, "sh", ...command] : command;
  const child = spawn(whole[0] ?? "", whole.slice(1), {
    cwd: folder,
    env: readersEnvironment(options.env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

/** A folder for the PATH with the programs that Node's scripts need and nothing else, and what `extra` adds. */
export function barePath(extra: Record<string, string> = {}): string {
  const folder = temporaryFolder();
  for (const program of ["sh", "env", "dirname", "realpath"]) {
    const found = ["/usr/bin", "/bin"].map((each) => path.join(each, program)).find(fs.existsSync);
    if (found) fs.symlinkSync(found, path.join(folder, program));
  }
  fs.symlinkSync(process.execPath, path.join(folder, "node"));
  for (const [name, script] of Object.entries(extra)) write(folder, name, script, 0o755);
  return folder;
}
