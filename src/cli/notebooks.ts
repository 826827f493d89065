/**
 * `glassbox notebooks`: keeps notebook files in one form, and runs them from a fresh kernel.
 *
 * Source:  https://nbformat.readthedocs.io/en/latest/format_description.html
 * Chapter: notebooks/00-start.ipynb
 */
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { ConfigError, DataError } from "../core/errors.ts";
import { packageRoot } from "../core/package-root.ts";
import { formatNotebook, notebooksBelow, replaceFile } from "../notebook-files/file.ts";

/** One line for the list of commands. */
export const summary = "format, check and run notebook files";

const USAGE = `glassbox notebooks format [FILES]          write them in the project's form
glassbox notebooks check  [FILES]          say which are not in that form
FILES: paths of .ipynb files; default: all below notebooks/
`;

/** Where a command writes: `process`, or a test's own. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** Runs the command with what follows `notebooks` on its line; resolves with the exit status. */
export async function run(argv: string[], terminal: Terminal = process): Promise<number> {
  try {
    const [action, ...rest] = argv;
    const files = rest.length > 0 ? rest : await notebooksBelow(join(packageRoot(), "notebooks"));
    if (action === "format") return await format(files, terminal);
    if (action === "check") return await check(files, terminal);
    throw new ConfigError(
      `glassbox notebooks: expected format, check or run, got ${action ?? "nothing"}\n${USAGE}`,
    );
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof DataError)) throw error;
    terminal.stderr.write(`${error.message.trimEnd()}\n`);
    return error instanceof ConfigError ? 2 : 1;
  }
}

async function format(files: readonly string[], terminal: Terminal): Promise<number> {
  for (const file of files) {
    const text = await read(file);
    const formatted = await formatNotebook(text, file);
    if (formatted === text) continue;
    await replaceFile(file, formatted);
    terminal.stdout.write(`${shown(file)}: formatted\n`);
  }
  return 0;
}

async function check(files: readonly string[], terminal: Terminal): Promise<number> {
  let odd = 0;
  for (const file of files) {
    const text = await read(file);
    if ((await formatNotebook(text, file)) === text) continue;
    odd++;
    terminal.stdout.write(
      `${shown(file)}: not in the project's form. Run: npx glassbox notebooks format ${shown(file)}\n`,
    );
  }
  return odd === 0 ? 0 : 1;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new DataError(`${file}: expected a notebook file, found none that can be read`, {
      cause: error,
    });
  }
}

function shown(file: string): string {
  return relative(process.cwd(), file);
}
