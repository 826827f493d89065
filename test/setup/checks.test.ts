import fs from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { type Ended, makeProject, read, root, run, write } from "./project.ts";

const SLOW_CHECK = "setup/checks/slow-check.cjs";
const node = (code: string): string[] => [process.execPath, "-e", code];
const leave = (name: string, passed: number, failed: number): string =>
  `require("node:fs").writeFileSync(".cache/results/${name}.json", JSON.stringify({ name: "${name}", passed: ${passed}, failed: ${failed} }));`;

function checkProject(): {
  folder: string;
  check: (name: string, code: string, minutes?: string) => Promise<Ended>;
} {
  const folder = makeProject();
  fs.mkdirSync(path.join(folder, ".cache/results"), { recursive: true });
  const check = (name: string, code: string, minutes = "1"): Promise<Ended> =>
    run(folder, [SLOW_CHECK, name, minutes, ...node(code)]);
  return { folder, check };
}

const lastLine = (ended: Ended): string => ended.out.trimEnd().split("\n").at(-1) ?? "";

describe("a slow check", () => {
  it("counts what it left, and all are summed alone on the last line", async () => {
    const { folder, check } = checkProject();
    const first = await check("first", leave("first", 3, 0));
    expect(lastLine(first)).toMatch(/^── ✓ first, \d\.\d\d s$/);
    await check("second", leave("second", 40, 0));
    const sum = await run(folder, ["setup/checks/sum.cjs"]);
    expect(sum.code).toBe(0);
    expect(lastLine(sum)).toBe("43 passed, 0 failed");
  });

  it.each([
    ["crashes without a word", "process.exit(3)", "ended with 3", 1],
    ["leaves nothing", "", "left no result", 1],
    ["crashes after all had passed", `${leave("bad", 5, 0)} process.exit(1)`, "ended with 1", 1],
    ["fails twice", `${leave("bad", 5, 2)} process.exit(1)`, "ended with 1", 2],
    ["fails twice and ends with 0", leave("bad", 5, 2), "2 failed", 2],
    ["is killed", `process.kill(process.pid, "SIGKILL")`, "ended with SIGKILL", 1],
  ])("that %s is counted, and the next one runs", async (_, code, why, failed) => {
    const { folder, check } = checkProject();
    expect(lastLine(await check("bad", code))).toMatch(new RegExp(`^── ✗ bad, .* s: ${why}$`));
    await check("good", leave("good", 1, 0));
    const sum = await run(folder, ["setup/checks/sum.cjs"]);
    expect(sum.code).toBe(1);
    expect(lastLine(sum)).toMatch(new RegExp(`^\\d passed, ${failed} failed$`));
    expect(sum.out).toContain("✓ good                     1 passed, 0 failed");
  });

  it("that never ends is ended with all its children", async () => {
    const { folder, check } = checkProject();
    const code = `const c = require("node:child_process").spawn("sleep", ["600"], { detached: true });
      require("node:fs").writeFileSync("child", String(c.pid)); setInterval(() => {}, 1000);`;
    expect(lastLine(await check("endless", code, "0.02"))).toMatch(/: no end after 0\.02 minutes$/);
    const state = `/proc/${read(folder, "child")}/stat`;
    expect(fs.existsSync(state) ? read("/", state) : ") Z").toMatch(/\) [ZX]/);
  });

  it("sum without any result is a failure", async () => {
    const { folder } = checkProject();
    const sum = await run(folder, ["setup/checks/sum.cjs"]);
    expect([sum.code, lastLine(sum)]).toEqual([1, "0 passed, 0 failed"]);
  });
});

describe("npm test", () => {
  const CONFIG = `export default { test: { include: ["test/**/*.test.ts"] } };\n`;
  const TEST = `import { expect, it } from "vitest";\n\nimport { four } from "../src/core/four.ts";\n\nit("adds", () => {\n  expect(four).toBe(4);\n});\n`;

  function tested(): string {
    const folder = makeProject();
    for (const file of [".prettierrc.json", ".prettierignore", "eslint.config.js"])
      fs.copyFileSync(path.join(root, file), path.join(folder, file));
    write(folder, "vitest.config.ts", CONFIG);
    write(folder, "test/four.test.ts", TEST);
    return folder;
  }
  const result = (folder: string, name: string): unknown =>
    JSON.parse(read(folder, `.cache/results/${name}.json`));

  it("names its steps in order and keeps what each counted", async () => {
    const folder = tested();
    const { code, out, err } = await run(folder, ["setup/test.cjs"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/✓ build .*\n[^]*✓ format .*\n[^]*✓ lint .*\n[^]*✓ types .*\n[^]*1 passed/);
    expect(result(folder, "unit-tests")).toEqual({ name: "unit tests", passed: 1, failed: 0 });
    for (const name of ["format", "lint", "types"])
      expect(result(folder, name)).toEqual({ name, passed: 1, failed: 0 });
  }, 60_000);

  it("ends at the first step that fails, shows what it found and how to mend it", async () => {
    const folder = tested();
    write(folder, "src/core/three.ts", "export const three: number   = 3;\n");
    const { code, out, err } = await run(folder, ["setup/test.cjs"]);
    expect(code).toBe(1);
    expect(out).toContain("src/core/three.ts");
    expect(out).not.toContain("lint");
    expect(err).toBe("format found what is shown above: npm run format mends it.\n");
    expect(result(folder, "format")).toEqual({ name: "format", passed: 0, failed: 1 });
  }, 60_000);

  it("hands its arguments to vitest alone, and counts a file that breaks", async () => {
    const folder = tested();
    write(folder, "test/broken.test.ts", `throw new Error("broken");\n`);
    const one = await run(folder, ["setup/test.cjs", "test/four"]);
    expect(one.code).toBe(0);
    expect(one.out).not.toMatch(/format|lint|types/);
    const all = await run(folder, ["setup/test.cjs", "test"]);
    expect(all.code).toBe(1);
    expect(result(folder, "unit-tests")).toEqual({ name: "unit tests", passed: 1, failed: 1 });
    const hook = `import { beforeAll, describe, it } from "vitest";
      describe("a", () => { beforeAll(() => { throw new Error("hook"); }); it("b", () => {}); });`;
    write(folder, "test/broken.test.ts", hook);
    expect((await run(folder, ["setup/test.cjs", "test"])).code).toBe(1);
    expect(result(folder, "unit-tests")).toEqual({ name: "unit tests", passed: 1, failed: 1 });
  }, 60_000);
});
