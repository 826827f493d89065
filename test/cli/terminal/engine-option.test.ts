import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";

import { afterEach, expect, it } from "vitest";

import { engineNames } from "../../../src/backend/engine.ts";
import { engineOption, engineUsage, startEngine } from "../../../src/cli/terminal/engine-option.ts";
import { exitStatus, type Terminal } from "../../../src/cli/terminal/terminal.ts";
import { packageRoot } from "../../../src/core/package-root.ts";
import { said, type Said } from "../kept-terminal.ts";

afterEach(() => {
  delete process.env.GLASSBOX_ENGINE;
});

/** A command that does nothing but start its engine. */
function run(...args: string[]): Promise<Said> {
  return said((terminal: Terminal) =>
    exitStatus(terminal, async () => {
      const { values } = parseArgs({ args, options: { engine: engineOption } });
      await startEngine({ command: "glassbox count", name: values.engine }, terminal);
      terminal.stdout.write("{}\n");
      return 0;
    }),
  );
}

it("starts what its line names and says so on stderr alone", async () => {
  process.env.GLASSBOX_ENGINE = "wasm";
  expect(await run("--engine", "cpu")).toEqual({
    status: 0,
    out: "{}\n",
    err: "engine: cpu 4.22.0, CPU, 1 thread, JavaScript\n",
  });
});

it("leaves the choice to the environment without a name", async () => {
  process.env.GLASSBOX_ENGINE = "wasm";
  expect((await run()).err).toBe("engine: wasm 4.22.0, CPU, 1 thread, SIMD\n");
});

it("refuses a name that is none, in one line", async () => {
  expect(await run("--engine", "gpu")).toEqual({
    status: 2,
    out: "",
    err: 'glassbox count --engine: expected tensorflow, wasm or cpu, got "gpu"; without a name the fastest that loads is taken\n',
  });
});

it("names every engine in its help", () => {
  for (const name of engineNames) expect(engineUsage).toContain(name);
});

it("goes on with the next engine where the fastest is not built, and says why", async () => {
  const folder = mkdtempSync(join(tmpdir(), "unbuilt-"));
  const root = packageRoot();
  for (const part of ["backend", "core", "cli/terminal"])
    cpSync(join(root, "dist/src", part), join(folder, "dist/src", part), { recursive: true });
  const packages = "node_modules/@tensorflow";
  mkdirSync(join(folder, packages, "tfjs-node"), { recursive: true });
  for (const name of ["tfjs", "tfjs-backend-wasm"])
    symlinkSync(join(root, packages, name), join(folder, packages, name));
  for (const file of ["package.json", join(packages, "tfjs-node", "package.json")])
    writeFileSync(join(folder, file), '{ "type": "module" }');

  const code = `
    import { startEngine } from "./dist/src/cli/terminal/engine-option.js";
    await startEngine({ command: "count" }, process);`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "-e", code],
    { cwd: folder },
  );
  rmSync(folder, { recursive: true });
  expect({ stdout, stderr }).toEqual({
    stdout: "",
    stderr: `tensorflow does not load: its addon is not built. Run \`npm run setup\`, which builds it
engine: wasm 4.22.0, CPU, 1 thread, SIMD
`,
  });
});
