import fs from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { makeProject, root, run, write } from "./project.ts";

const GLASSBOX = "setup/bin/glassbox.cjs";

interface Check {
  readonly name: string;
  readonly ok: boolean | null;
  readonly found: string;
  readonly mend?: string;
}

describe("glassbox", () => {
  const echo = `
    export const summary = "says its arguments";
    export async function run(argv) { console.log(argv.join("|")); return argv.length; }`;

  it("runs each file of dist/src/cli by its name, with its arguments, and ends with its number", async () => {
    const folder = makeProject();
    write(folder, "dist/src/cli/echo.js", echo);
    expect(await run(folder, [GLASSBOX, "echo", "a b", "--c"])).toEqual({
      code: 2,
      out: "a b|--c\n",
      err: "",
    });
  });

  it("lists the doctor and what is built, not what only helps a command", async () => {
    const folder = makeProject();
    write(folder, "dist/src/cli/echo.js", echo);
    write(folder, "dist/src/cli/arguments.js", "export const parse = 1;");
    for (const args of [[], ["--help"], ["help"]])
      expect((await run(folder, [GLASSBOX, ...args])).out).toBe(
        [
          "glassbox COMMAND [arguments]\n",
          "  doctor       what was found on this machine, and what mends the rest",
          "  echo         says its arguments",
          "\nEach command explains itself with --help.\n",
        ].join("\n"),
      );
    expect((await run(folder, [GLASSBOX, "arguments"])).err).toBe(
      'glassbox has no command "arguments": there are doctor, echo (glassbox --help).\n',
    );
  });

  it("loads no other command than the one that is run", async () => {
    const folder = makeProject();
    write(folder, "dist/src/cli/echo.js", echo);
    write(folder, "dist/src/cli/slow.js", 'console.log("loaded"); export const run = () => 0;');
    expect((await run(folder, [GLASSBOX, "echo", "a"])).out).toBe("a\n");
  });

  it("waits at Ctrl-C for what a command does before it ends, and at a second one for nothing", async () => {
    const folder = makeProject();
    write(
      folder,
      "dist/src/cli/wait.js",
      `import { setTimeout } from "node:timers/promises";
       export async function run([how], { stdout, whenStopped }) {
         whenStopped(async () => {
           stdout.write("ending\\n");
           if (how === "twice") process.kill(process.pid, "SIGINT");
           await setTimeout(how === "twice" ? 60_000 : 50);
           stdout.write("ended\\n");
         });
         process.kill(process.pid, "SIGINT");
         await setTimeout(60_000);
       }`,
    );
    expect(await run(folder, [GLASSBOX, "wait", "once"])).toEqual({
      code: 130,
      out: "ending\nended\n",
      err: "",
    });
    expect((await run(folder, [GLASSBOX, "wait", "twice"])).out).toBe("ending\n");
  });

  it("names the commands there are when one is unknown", async () => {
    const folder = makeProject({ modules: false, tools: false });
    expect(await run(folder, [GLASSBOX, "../../secret"])).toEqual({
      code: 1,
      out: "",
      err: 'glassbox has no command "../../secret": there are doctor; npm run setup builds the others (glassbox --help).\n',
    });
  });
});

describe("glassbox doctor", () => {
  async function examine(folder: string): Promise<{ ok: boolean; checks: Map<string, Check> }> {
    const { out, err } = await run(folder, [GLASSBOX, "doctor", "--json"]);
    expect(err).toBe("");
    const report = JSON.parse(out) as { ok: boolean; checks: Check[] };
    return { ok: report.ok, checks: new Map(report.checks.map((check) => [check.name, check])) };
  }

  it("works before anything is installed, changes nothing, and says what mends each thing", async () => {
    const folder = makeProject({ modules: false, tools: false });
    const before = fs.readdirSync(folder, { recursive: true }).length;
    const { ok, checks } = await examine(folder);
    expect(ok).toBe(false);
    const names = ["Node", "npm", "Python", "disk", "port", "fonts", "GPU", "npm packages"];
    names.push("Python tools", "build", "kernelspec", "kernel");
    names.push("engine tensorflow", "engine wasm", "engine cpu");
    expect([...checks.keys()]).toEqual(names);
    expect(checks.get("Node")).toMatchObject({
      ok: true,
      found: `${process.version} at ${process.execPath}`,
    });
    for (const name of names.slice(7))
      expect(checks.get(name)).toMatchObject({ ok: false, mend: "npm run setup" });
    expect(fs.readdirSync(folder, { recursive: true })).toHaveLength(before);
  });

  it("sees what a set-up has put in place, and a source that is newer", async () => {
    const folder = makeProject();
    // The packages are the real ones: their addon is not to be built for a project that goes away.
    await run(folder, ["setup/setup.cjs"], { env: { GLASSBOX_ENGINE: "wasm" } });
    const { checks } = await examine(folder);
    for (const name of ["npm packages", "build", "kernelspec"])
      expect(checks.get(name)).toMatchObject({ ok: true });
    write(folder, "src/core/two.ts", "export const two: number = 2; // edited\n");
    const later = await examine(folder);
    expect(later.checks.get("build")).toEqual({
      name: "build",
      ok: false,
      found: "missing, or older than src",
      mend: "npm run setup",
    });
  });

  it("sees engines that compute, and one that this machine cannot have", async () => {
    const folder = makeProject({ modules: false, tools: false });
    for (const part of ["backend", "core"])
      fs.cpSync(path.join(root, "dist/src", part), path.join(folder, "dist/src", part), {
        recursive: true,
      });
    const packages = "node_modules/@tensorflow";
    write(folder, `${packages}/tfjs-node/package.json`, "{}");
    for (const name of ["tfjs", "tfjs-backend-wasm"])
      fs.symlinkSync(path.join(root, packages, name), path.join(folder, packages, name));
    const { checks } = await examine(folder);
    expect(checks.get("engine tensorflow")).toMatchObject({
      ok: false,
      found: "does not load: its addon is not built. Run `npm run setup`, which builds it",
      mend: "npm run setup",
    });
    expect(checks.get("engine wasm")).toEqual({
      name: "engine wasm",
      ok: true,
      found: "computes, 4.22.0 on CPU, 1 thread, SIMD",
    });
    expect(checks.get("engine cpu")).toMatchObject({ ok: true });

    const whyNot = "there is no TensorFlow for FreeBSD.\n";
    write(folder, `${packages}/tfjs-node/lib/napi-v8/why-not.txt`, whyNot);
    expect((await examine(folder)).checks.get("engine tensorflow")).toEqual({
      name: "engine tensorflow",
      ok: null,
      found: "does not load: there is no TensorFlow for FreeBSD. (wasm computes instead)",
    });
  });

  it("says for people, line by line, what was found and after an arrow what mends it", async () => {
    const folder = makeProject({ modules: false, tools: false });
    write(folder, "node_modules", ""); // a file where a folder should be
    const { code, out } = await run(folder, [GLASSBOX, "doctor"]);
    expect(code).toBe(1);
    expect(out).toContain("  ✗ npm packages      could not be examined: ");
    expect(out).toContain(
      `  ✗ build             missing, or older than src\n${" ".repeat(22)}→ npm run setup\n`,
    );
    expect(out).toContain("\n  Do what the arrows say, from the top.\n");
  });

  it("takes no other argument", async () => {
    const { err } = await run(makeProject(), [GLASSBOX, "doctor", "--yaml"]);
    expect(err).toBe("glassbox doctor takes --json alone, got --yaml.\n");
  });
});
