/**
 * A Python with the libraries that benchmarks compare with, apart from the course's own.
 *
 * It is made on first use, below `.cache` or GLASSBOX_CACHE, from requirements.txt beside this file. A stamp says
 * for which list it was finished: another list, or a first try that was broken off, makes it anew.
 *
 * Source:  https://docs.python.org/3/library/venv.html
 * Chapter: notebooks/01-tokens.ipynb
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

import { cacheFolder } from "../core/cache-folder.ts";
import { packageRoot } from "../core/package-root.ts";

/** What a benchmark needs from the set-up of the course: it knows Pythons, and what pip's failures mean. */
interface SetUp {
  readonly findPython: () => Promise<{ readonly command: string; readonly version: string }>;
  readonly environment: () => Record<string, string | undefined>;
  readonly run: (
    program: string,
    args: readonly string[],
    options: {
      readonly env: Record<string, string | undefined>;
      readonly log: string;
      readonly onLine?: (line: string) => void;
    },
  ) => Promise<{ readonly code: number | string; readonly output: string }>;
  readonly refuse: (program: string, output: string, log: string, place: string) => Error;
}

const LOG = "bench-pip.log";

export interface ReferencePythonOptions {
  /** The list of packages. Default: requirements.txt of src/bench. */
  readonly requirements?: string;
  /** The folder of the environment: a path, or a name below bench in the cache. Default: python. */
  readonly folder?: string;
  /** Called with what is being done, when something is to do. */
  readonly onStep?: (what: string) => void;
}

/**
 * The path of a Python that has the libraries; makes it when it is not there, which takes a network and a minute.
 *
 * Rejects with a sentence that says what to do when there is no Python 3.10 to 3.13, when it lacks the module venv, and when pip
 * cannot reach its server.
 */
export async function referencePython({
  requirements = join(packageRoot(), "src", "bench", "requirements.txt"),
  folder: place = "python",
  onStep,
}: ReferencePythonOptions = {}): Promise<string> {
  const folder = resolve(cacheFolder("bench"), place);
  const python = join(folder, "bin", "python");
  const stamp = join(folder, "glassbox.json");
  const list = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const wanted = JSON.stringify({ list, folder });
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    return python;
  }
  const { findPython, environment, run, refuse } = setUp();
  // Twice is enough to tell a hiccup from no network.
  const env = { PIP_RETRIES: "2", ...environment() };
  const must = async (
    program: string,
    args: readonly string[],
    onLine?: (line: string) => void,
  ): Promise<void> => {
    const { code, output } = await run(program, args, { env, log: LOG, ...(onLine && { onLine }) });
    if (code !== 0) throw refuse("pip", output, LOG, folder);
  };
  const found = await findPython();
  onStep?.(`new environment, Python ${found.version}`);
  rmSync(folder, { recursive: true, force: true });
  await must(found.command, ["-m", "venv", folder]);
  const total = readFileSync(requirements, "utf8").match(/^\w.*==/gm)?.length ?? 0;
  let collected = 0;
  await must(
    python,
    ["-m", "pip", "install", "--progress-bar=off", "--no-color", "-r", requirements],
    (line) => {
      if (line.startsWith("Collecting ")) {
        onStep?.(`pip: ${Math.min(++collected, total)} of ${total} packages`);
      }
      if (line.startsWith("Installing ")) onStep?.(`pip: installing ${total} packages`);
    },
  );
  writeFileSync(`${stamp}.tmp`, wanted);
  renameSync(`${stamp}.tmp`, stamp);
  return python;
}

function setUp(): SetUp {
  const load = createRequire(join(packageRoot(), "setup", "setup.cjs"));
  const parts = [
    "./steps/python.cjs",
    "./project/environment.cjs",
    "./process/child.cjs",
    "./steps/refusal.cjs",
  ].map((file) => load(file) as Partial<SetUp>);
  return Object.assign({}, ...parts) as SetUp;
}
