/**
 * `glassbox notebooks`: keeps notebook files in one form, and runs them from a fresh kernel.
 *
 * Source:  https://nbformat.readthedocs.io/en/latest/format_description.html
 * Chapter: notebooks/00-start.ipynb
 */
import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

import { ConfigError, DataError } from "../core/errors.ts";
import { packageRoot } from "../core/package-root.ts";
import { replaceFile } from "../core/whole-file.ts";
import { differences } from "../notebook-files/difference.ts";
import { runNotebook } from "../notebook-files/execution.ts";
import { formatNotebook, notebooksBelow, privatePlaces } from "../notebook-files/file.ts";
import { normalForm } from "../notebook-files/normal-form.ts";
import { parseNotebook, printNotebook } from "../notebook-files/notebook.ts";
import { NotebookProgress } from "../notebook-files/progress.ts";
import { exitStatus, type Terminal } from "./terminal/terminal.ts";

/** One line for the list of commands. */
export const summary = "format, check and run notebook files";

const USAGE = `glassbox notebooks format [FILES]          write them in the project's form
glassbox notebooks check  [FILES]          say which are not in that form
glassbox notebooks run    [FILES]          run each from a fresh kernel and store what it shows
glassbox notebooks run    [FILES] --check  run each and say where it shows something else than stored
FILES: paths of .ipynb files; default: all below notebooks/
A cell tagged "raises-exception" must fail, all others must not. One tagged "varies" is not compared.
`;

/** Runs the command with what follows `notebooks` on its line; resolves with the exit status. */
export async function run(argv: string[], terminal: Terminal = process): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    terminal.stdout.write(USAGE);
    return 0;
  }
  return exitStatus(terminal, async () => {
    const [action, ...rest] = argv;
    const work = workFor(action, rest.includes("--check"));
    const named = rest.filter((word) => word !== "--check" || action !== "run");
    const files = named.length > 0 ? named : await notebooksBelow(join(packageRoot(), "notebooks"));
    let status = 0;
    for (const file of files) {
      // One bad notebook does not keep the others from their turn.
      status = Math.max(status, await exitStatus(terminal, () => work(file, terminal)));
    }
    return status;
  });
}

/** What to do with one file; resolves with an exit status. */
type Work = (file: string, terminal: Terminal) => Promise<number>;

function workFor(action: string | undefined, checkOnly: boolean): Work {
  if (action === "format") return format;
  if (action === "check") return check;
  if (action === "run") return checkOnly ? runAndCompare : runAndStore;
  throw new ConfigError(
    `glassbox notebooks: expected format, check or run, got ${action ?? "nothing"}\n${USAGE}`,
  );
}

async function format(file: string, { stdout }: Terminal): Promise<number> {
  const text = await read(file);
  const formatted = await formatNotebook(text, file);
  if (formatted === text) return 0;
  replaceFile(file, formatted);
  stdout.write(`${shown(file)}: formatted\n`);
  return 0;
}

async function check(file: string, { stdout }: Terminal): Promise<number> {
  const text = await read(file);
  if ((await formatNotebook(text, file)) === text) return 0;
  stdout.write(
    `${shown(file)}: not in the project's form. Run: npx glassbox notebooks format ${shown(file)}\n`,
  );
  return 1;
}

async function runAndStore(file: string, terminal: Terminal): Promise<number> {
  const text = await read(file);
  const fresh = await runText(await formatNotebook(text, file), file, terminal);
  if (fresh === text) {
    terminal.stdout.write(`${shown(file)}: ran, shows what is stored\n`);
    return 0;
  }
  replaceFile(file, fresh);
  terminal.stdout.write(`${shown(file)}: ran, outputs stored\n`);
  return 0;
}

async function runAndCompare(file: string, terminal: Terminal): Promise<number> {
  const stored = await formatNotebook(await read(file), file);
  const fresh = await runText(stored, file, terminal);
  const found = differences(parseNotebook(stored, file), parseNotebook(fresh, file));
  terminal.stdout.write(
    found.length === 0
      ? `${shown(file)}: ran, shows what is stored\n`
      : found.map((difference) => `${shown(file)}, ${difference}\n`).join(""),
  );
  return found.length === 0 ? 0 : 1;
}

/** The text of the notebook after a run from a fresh kernel. */
async function runText(text: string, file: string, { stderr }: Terminal): Promise<string> {
  const progress = new NotebookProgress(shown(file), (line) => stderr.write(line));
  try {
    const notebook = await runNotebook(parseNotebook(text, file), {
      folder: dirname(file),
      name: file,
      onCell: (cell, cells) => progress.at(cell, cells),
    });
    return printNotebook(normalForm(notebook, privatePlaces()));
  } finally {
    progress.end();
  }
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
