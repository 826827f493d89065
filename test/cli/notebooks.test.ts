import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { run, summary } from "../../src/cli/notebooks.ts";
import { notebooksBelow } from "../../src/notebook-files/file.ts";
import { printNotebook } from "../../src/notebook-files/notebook.ts";
import { built } from "../notebook-files/built.ts";
import { codeCell, notebookOf, printed } from "../notebook-files/small-notebook.ts";
import { said, type Said } from "./kept-terminal.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "notebooks-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the command and keeps what it writes. */
const glassbox = (...argv: string[]): Promise<Said> => said((terminal) => run(argv, terminal));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const shown = (path: string): string => relative(process.cwd(), path);

const untidy = printNotebook(
  notebookOf(
    codeCell("let a=1\na", { id: "a", execution_count: 5, outputs: [printed("1"), printed("2")] }),
  ),
);

describe("glassbox notebooks", () => {
  test("format writes the normal form once, check then agrees", async () => {
    const path = file("a.ipynb", untidy);

    expect(await glassbox("check", path)).toEqual({
      status: 1,
      out: `${shown(path)}: not in the project's form. Run: npx glassbox notebooks format ${shown(path)}\n`,
      err: "",
    });
    expect(await glassbox("format", path)).toEqual({
      status: 0,
      out: `${shown(path)}: formatted\n`,
      err: "",
    });
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      cells: [
        {
          cell_type: "code",
          execution_count: 1,
          id: "a",
          metadata: {},
          outputs: [{ name: "stdout", output_type: "stream", text: ["12"] }],
          source: ["let a = 1;\n", "a"],
        },
      ],
      metadata: {
        kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      },
      nbformat: 4,
      nbformat_minor: 5,
    });
    expect(await glassbox("check", path)).toEqual({ status: 0, out: "", err: "" });
    expect(await glassbox("format", path)).toEqual({ status: 0, out: "", err: "" });
    expect(readdirSync(folder)).toEqual(["a.ipynb"]);
  });

  test("check changes no file", async () => {
    const path = file("a.ipynb", untidy);
    await glassbox("check", path);

    expect(readFileSync(path, "utf8")).toBe(untidy);
  });

  test("the project's own folder in an output becomes a dot", async () => {
    const path = file(
      "a.ipynb",
      printNotebook(notebookOf(codeCell("f()", { outputs: [printed(`at ${process.cwd()}/src`)] }))),
    );
    await glassbox("format", path);

    expect(readFileSync(path, "utf8")).toContain('"at ./src"');
  });

  test("a cell that is meant to fail keeps its code, also when it does not parse", async () => {
    const cell = codeCell("let = ;", { metadata: { tags: ["raises-exception"] } });
    const path = file("a.ipynb", printNotebook(notebookOf(cell)));

    expect((await glassbox("format", path)).status).toBe(0);
    expect(readFileSync(path, "utf8")).toContain('"let = ;"');
  });

  test("code that does not parse is named by file and cell, and the file stays", async () => {
    const text = printNotebook(notebookOf(codeCell("a"), codeCell("let = ;")));
    const path = file("a.ipynb", text);

    expect(await glassbox("format", path)).toEqual({
      status: 1,
      out: "",
      err: `${path}, cell 2: expected code that parses, got "Expression expected. (1:7)"\n`,
    });
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("a file that is not there is one sentence", async () => {
    const path = join(folder, "none.ipynb");

    expect(await glassbox("check", path)).toEqual({
      status: 1,
      out: "",
      err: `${path}: expected a notebook file, found none that can be read\n`,
    });
  });

  test("an unknown action says which there are", async () => {
    const { status, err } = await glassbox("tidy");

    expect(status).toBe(2);
    expect(err.split("\n")[0]).toBe("glassbox notebooks: expected format, check or run, got tidy");
    expect(summary).toBe("format, check and run notebook files");
  });
});

describe("notebooksBelow", () => {
  test("finds notebooks in folders, in order, without JupyterLab's checkpoints", async () => {
    mkdirSync(join(folder, "solutions/.ipynb_checkpoints"), { recursive: true });
    const names = ["solutions/01.ipynb", "00.ipynb", "notes.md"];
    for (const name of names) file(name, "");
    file("solutions/.ipynb_checkpoints/01-checkpoint.ipynb", "");

    expect(await notebooksBelow(folder)).toEqual([
      join(folder, "00.ipynb"),
      join(folder, "solutions/01.ipynb"),
    ]);
  });
});

// Each start of a kernel takes seconds when both cores are busy.
describe("glassbox notebooks run", { timeout: 90_000 }, () => {
  // The kernel is started from the build, so the command runs from there too, as readers run it.
  async function runBuilt(
    ...argv: string[]
  ): Promise<{ status: number; out: string; err: string }> {
    const command = built("src/cli/notebooks");
    const code = `import { run } from ${JSON.stringify(pathToFileURL(command).href)};
      process.exitCode = await run(process.argv.slice(1));`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code, "run", ...argv]);
    const [out, err, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number>((resolve) => child.once("close", (exit) => resolve(exit ?? -1))),
    ]);
    // A slow machine makes the command say what it is at; that is tested by itself.
    const silent = err.replaceAll(/^.*: (starting a kernel|cell \d+ of \d+)\n/gm, "");
    return { status, out, err: silent };
  }

  test("stores outputs in normal form; --check then finds nothing, and a change is said", async () => {
    const path = file("a.ipynb", printNotebook(notebookOf(codeCell("process.cwd( )"))));

    expect(await runBuilt(path)).toEqual({
      status: 0,
      out: `${shown(path)}: ran, outputs stored\n`,
      err: "",
    });
    const stored = readFileSync(path, "utf8");
    expect(await glassbox("check", path)).toEqual({ status: 0, out: "", err: "" });
    expect(stored).toContain(`"'${folder}'"`);
    expect(stored).toContain('"version": "5.0.4"');

    expect(await runBuilt(path, "--check")).toEqual({
      status: 0,
      out: `${shown(path)}: ran, shows what is stored\n`,
      err: "",
    });
    const other = stored.replace(`"'${folder}'"`, `"'elsewhere'"`);
    writeFileSync(path, other);
    expect(await runBuilt(path, "--check")).toEqual({
      status: 1,
      out: `${shown(path)}, cell 1, output 1 data text/plain: stored "'elsewhere'", got "'${folder}'"\n`,
      err: "",
    });
    expect(readFileSync(path, "utf8")).toBe(other);
  });

  test("a failing notebook stays as it is, and the next one has its turn", async () => {
    const text = printNotebook(notebookOf(codeCell('throw new Error("no")')));
    const bad = file("a.ipynb", text);
    const good = file("b.ipynb", printNotebook(notebookOf(codeCell("1"))));

    expect(await runBuilt(bad, good)).toEqual({
      status: 1,
      out: `${shown(good)}: ran, outputs stored\n`,
      err: `${bad}, cell 1: expected it to run, got Error: no\n`,
    });
    expect(readFileSync(bad, "utf8")).toBe(text);
    expect(readdirSync(folder)).toEqual(["a.ipynb", "b.ipynb"]);
  });

  test("--help lists what there is", async () => {
    expect((await glassbox("run", "--help")).out.split("\n")[0]).toBe(
      "glassbox notebooks format [FILES]          write them in the project's form",
    );
  });
});
