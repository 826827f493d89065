import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { packageRoot } from "../../src/core/package-root.ts";

const root = packageRoot();
const page = readFileSync(join(root, "src/jit/README.md"), "utf8");
const blocks = (language: string): readonly string[] =>
  Array.from(
    page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, "gs")),
    ([, text]) => text ?? "",
  );
const [example = "", kernel = ""] = blocks("ts");

let folder: string;
beforeAll(() => {
  mkdirSync(join(root, ".cache"), { recursive: true });
  folder = mkdtempSync(join(root, ".cache", "readme-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs TypeScript as Node would, without its types. */
async function run(text: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const script = join(folder, "example.mjs");
  writeFileSync(script, ts.transpileModule(text, { compilerOptions }).outputText);
  return promisify(execFile)(process.execPath, [script], { cwd: root });
}

describe("the page of the compiler", () => {
  it("has an example that prints what the page says, and nothing else", async () => {
    const { stdout, stderr } = await run(example);
    expect(stdout.trimEnd()).toBe(blocks("text")[0]);
    expect(stderr).toBe("");
  });

  it("has a kernel of one's own that computes, learns and is compiled", async () => {
    const { stdout, stderr } = await run(`
      import { useEngine } from "glassbox/backend/engine";
      import { compile } from "glassbox/jit/compile";
      ${kernel}
      await useEngine("tensorflow");
      const x = tf.tensor1d([-3, 0, 1]);
      const slope = (x: tf.Tensor): tf.Tensor => tf.grad(softsign)(x);
      const both = compile((x: tf.Tensor) => tf.concat([softsign(x), slope(x)]));
      await both.ready(x);
      console.log(both(x).toString(), tf.concat([softsign(x), slope(x)]).toString());
      console.log(both.stats().eagerCalls, both.stats().fallback);
    `);
    const expected = "Tensor\n    [-0.75, 0, 0.5, 0.0625, 1, 0.25]";
    expect(stdout).toBe(`${expected} ${expected}\n0 null\n`);
    expect(stderr).toBe("");
  });

  it("has code whose types are right under this project's own settings", () => {
    const files = [example, kernel].map((text, place) => {
      const file = join(folder, `block-${place}.ts`);
      writeFileSync(file, text);
      return file;
    });
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) =>
      ts.sys.readFile(path),
    ) as {
      readonly config: { readonly compilerOptions: Record<string, unknown> };
    };
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
    const program = ts.createProgram(files, {
      ...options,
      noEmit: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    });
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(problems).toEqual([]);
  });
});
