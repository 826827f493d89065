import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import ts from "typescript";
import { expect, it } from "vitest";

import { packageRoot } from "../../src/core/package-root.ts";

const root = packageRoot();

/** The first block of that language in a page. */
function block(page: string, language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, "s").exec(page)?.[1] ?? "";
}

it("the example of the compiler's page prints what the page says, and nothing else", async () => {
  const page = await readFile(join(root, "src/jit/README.md"), "utf8");
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(block(page, "ts"), { compilerOptions: options });
  const folder = await mkdtemp(join(root, ".cache", "readme-"));
  try {
    const script = join(folder, "example.mjs");
    await writeFile(script, outputText);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], { cwd: root });
    expect(stdout.trimEnd()).toBe(block(page, "text"));
    expect(stderr).toBe("");
  } finally {
    await rm(folder, { recursive: true });
  }
});
