import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { barePath, makeProject, read, readersEnvironment, run, write } from "./project.ts";

const SETUP = ["setup/setup.cjs"];

function expectSuccess(ended: { code: number | null; out: string; err: string }): string {
  expect(ended).toMatchObject({ code: 0, err: "" });
  return ended.out;
}

describe("set-up", () => {
  it("builds, writes the kernelspec, and does neither again", async () => {
    const folder = makeProject();
    const first = expectSuccess(await run(folder, SETUP));
    expect(first).toMatch(/✓ npm packages +in place\n/);
    expect(first).toMatch(/✓ Python tools +in place\n/);
    expect(first).toMatch(/✓ build +2 files +\d/);
    expect(first).toMatch(/✓ kernelspec +TypeScript on Node \d+/);
    const start = performance.now();
    expect(expectSuccess(await run(folder, SETUP))).toMatch(
      /^ {2}✓ set-up +everything in place +\d\.\d\d s\n$/,
    );
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it.each(['it\'s a "quoted" 课程 dir', "100% $HOME `x` #1?", "ü & ;"])(
    "works in a folder named %s",
    async (name) => {
      const folder = makeProject({ name });
      expectSuccess(await run(folder, SETUP));
      const spec = JSON.parse(read(folder, ".venv/share/jupyter/kernels/tslab/kernel.json")) as {
        argv: string[];
      };
      expect(spec.argv[1]).toBe(path.join(folder, "dist/src/kernel/main.js"));
      const four = spawnSync(process.execPath, [
        "--input-type=module",
        "-e",
        `console.log((await import(process.argv[1])).four)`,
        path
          .join(folder, "dist/src/core/four.js")
          .replaceAll("%", "%25")
          .replaceAll("#", "%23")
          .replaceAll("?", "%3f"),
      ]);
      expect(four.stdout.toString()).toBe("4\n");
    },
  );
});

describe("npm packages", () => {
  it("that npm began and did not end are not trusted, however whole they look", async () => {
    const folder = makeProject();
    write(folder, ".cache/setup/npm-packages.unfinished", "");
    // The npm of these tests is not there, see project.ts.
    expect((await run(folder, SETUP)).err).toBe(
      "npm failed (Error: Cannot find module '/nowhere/npm-cli.js'): see .cache/setup/npm.log, then run node setup/setup.cjs again.\n",
    );
  });

  it("are in place only as package-lock.json says them", async () => {
    const folder = makeProject();
    const lock = read(folder, "package-lock.json");
    write(
      folder,
      "package-lock.json",
      lock.replace(/("node_modules\/acorn": \{\s+"version": )"/, '$1"9.'),
    );
    expect(read(folder, "package-lock.json")).not.toBe(lock);
    expect((await run(folder, SETUP)).err).toContain("npm failed");
  });
});

describe("Python tools", () => {
  it.each([
    ["whose Python has gone", (folder: string) => fs.rmSync(path.join(folder, ".venv/bin/python"))],
    [
      "that came from another folder",
      (folder: string) => {
        const stamp = JSON.parse(read(folder, ".venv/glassbox.json")) as { list: string };
        write(folder, ".venv/glassbox.json", JSON.stringify({ ...stamp, folder: "/elsewhere" }));
      },
    ],
    [
      "that were not finished",
      (folder: string) => fs.rmSync(path.join(folder, ".venv/glassbox.json")),
    ],
  ])("%s are made anew, for which a Python is looked for", async (_, spoil) => {
    const folder = makeProject();
    spoil(folder);
    const ended = await run(folder, SETUP, { env: { PATH: barePath() } });
    expect(ended.err).toMatch(/^No Python 3\.10 or newer was found \(tried /);
  });
});

describe("the kernelspec", () => {
  it("starts this Node with whole paths, stops by message, and is written anew when a path has changed", async () => {
    const folder = makeProject();
    const file = ".venv/share/jupyter/kernels/tslab/kernel.json";
    expectSuccess(await run(folder, SETUP));
    const right = read(folder, file);
    expect(JSON.parse(right)).toEqual({
      argv: [process.execPath, path.join(folder, "dist/src/kernel/main.js"), "{connection_file}"],
      display_name: "TypeScript",
      language: "typescript",
      interrupt_mode: "message",
      metadata: { debugger: false },
    });
    write(folder, file, right.replace(process.execPath, "/usr/old/node"));
    expect(expectSuccess(await run(folder, SETUP))).toContain(
      "✓ kernelspec      TypeScript on Node",
    );
    expect(read(folder, file)).toBe(right);
  });
});

describe("the build", () => {
  const built = (folder: string): string[] =>
    fs.readdirSync(path.join(folder, "dist/src"), { recursive: true, encoding: "utf8" }).sort();

  it("follows an edit, removes what has no source any more, and makes again what was deleted", async () => {
    const folder = makeProject();
    write(folder, "src/old/gone.ts", "export const gone: number = 1;\n");
    expectSuccess(await run(folder, SETUP));
    expect(built(folder)).toContain("old/gone.d.ts");

    fs.rmSync(path.join(folder, "src/old"), { recursive: true });
    write(folder, "src/core/two.ts", "export const two: number = 22;\n");
    expectSuccess(await run(folder, SETUP));
    const whole = ["core", "core/four.d.ts", "core/four.js", "core/four.js.map"];
    whole.push("core/two.d.ts", "core/two.js", "core/two.js.map");
    expect(built(folder)).toEqual(whole);
    expect(read(folder, "dist/src/core/two.js")).toContain("two = 22");

    fs.rmSync(path.join(folder, "dist/src/core/four.js"));
    expectSuccess(await run(folder, SETUP));
    expect(built(folder)).toEqual(whole);
  });

  it("says the first error of the sources, and goes on once that is mended", async () => {
    const folder = makeProject();
    write(
      folder,
      "src/core/two.ts",
      'export const two: number = "2";\nexport const no: string = 1;\n',
    );
    const ended = await run(folder, SETUP);
    expect(ended.code).toBe(1);
    expect(ended.err).toBe(
      "The sources do not compile, src/core/two.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'. and 1 more: mend that (npm run build shows all), then run node setup/setup.cjs again.\n",
    );
    write(folder, "src/core/two.ts", "export const two: number = 2;\n");
    expectSuccess(await run(folder, SETUP));
  });
});

/** Waits until the set-up in a folder has a program at work; returns the lock's content. */
async function atWork(folder: string): Promise<{ pid: number; child: { pid: number } }> {
  for (;;) {
    try {
      const lock = JSON.parse(read(folder, ".cache/setup/lock")) as {
        pid: number;
        child?: { pid: number };
      };
      if (lock.child) return { pid: lock.pid, child: lock.child };
    } catch {
      // not there yet, or half written
    }
    await sleep(5);
  }
}

const lives = (pid: number): boolean => {
  const state = /\) (\S)/.exec(
    fs.existsSync(`/proc/${pid}/stat`) ? fs.readFileSync(`/proc/${pid}/stat`, "utf8") : "",
  );
  return state !== null && state[1] !== "Z";
};

describe("a set-up that is killed in the middle", () => {
  it("goes on the next time, after its orphan was ended", async () => {
    const folder = makeProject();
    const first = spawn(process.execPath, SETUP, {
      cwd: folder,
      stdio: "ignore",
      env: readersEnvironment(),
    });
    const { child } = await atWork(folder);
    process.kill(child.pid, "SIGSTOP"); // it would be at work for as long as it likes
    first.kill("SIGKILL");
    const out = expectSuccess(await run(folder, SETUP));
    expect(out).toMatch(/✓ build +2 files/);
    expect(lives(child.pid)).toBe(false);
    expect(fs.existsSync(path.join(folder, ".cache/setup/lock"))).toBe(false);
  });

  it("by SIGTERM ends its program, lets the lock go and leaves 143", async () => {
    const folder = makeProject();
    const first = spawn(process.execPath, SETUP, {
      cwd: folder,
      stdio: ["ignore", "pipe", "ignore"],
      env: readersEnvironment(),
    });
    let out = "";
    first.stdout.on("data", (data: Buffer) => (out += data.toString()));
    const ended = new Promise((resolve) => first.once("exit", resolve));
    const { child } = await atWork(folder);
    first.kill("SIGTERM");
    expect(await ended).toBe(143);
    expect(out).toMatch(/\n {2}Stopped; the next run goes on from here\.\n$/);
    expect(lives(child.pid)).toBe(false);
    expect(fs.existsSync(path.join(folder, ".cache/setup/lock"))).toBe(false);
    expectSuccess(await run(folder, SETUP));
  });
});

describe("two set-ups at once", () => {
  it("work one after the other: the second waits, says so, and finds everything in place", async () => {
    const folder = makeProject();
    const first = run(folder, SETUP);
    const { pid } = await atWork(folder);
    const second = expectSuccess(await run(folder, SETUP));
    expect(second).toContain(
      `  Another set-up (process ${pid}) is at work in this folder; waiting for it to end.\n`,
    );
    expect(second).toMatch(/✓ build +in place/);
    expect(expectSuccess(await first)).toMatch(/✓ build +2 files/);
  });

  it("do not wait for a number that another process has by now", async () => {
    const folder = makeProject();
    write(
      folder,
      ".cache/setup/lock",
      JSON.stringify({ host: os.hostname(), pid: process.pid, born: "1" }),
    );
    expect(expectSuccess(await run(folder, SETUP))).not.toContain("waiting");
  });

  it("of six that start together, each succeeds and one builds", async () => {
    const folder = makeProject();
    write(
      folder,
      ".cache/setup/lock",
      JSON.stringify({ host: os.hostname(), pid: 2 ** 22 + 1, born: "1" }),
    );
    const all = await Promise.all(Array.from({ length: 6 }, () => run(folder, SETUP)));
    const outs = all.map(expectSuccess);
    expect(outs.filter((out) => /✓ build +2 files/.test(out))).toHaveLength(1);
  });
});

describe("places", () => {
  /** The environment that npm, pip and Jupyter get. */
  function places(env: Record<string, string>): Record<string, string | undefined> {
    const code = `console.log(JSON.stringify(require("./setup/project/environment.cjs").environment()))`;
    const { stdout } = spawnSync(process.execPath, ["-e", code], {
      cwd: folder,
      env: readersEnvironment(env),
    });
    return JSON.parse(stdout.toString()) as Record<string, string>;
  }
  const folder = makeProject();
  const cache = path.join(folder, ".cache");

  it("lie in the project's .cache, whatever npm says its default is", () => {
    const defaults = { HOME: "/home/reader", npm_config_cache: "/home/reader/.npm" };
    expect(places(defaults)).toMatchObject({
      npm_config_cache: path.join(cache, "npm"),
      PIP_CACHE_DIR: path.join(cache, "pip"),
      JUPYTER_CONFIG_DIR: path.join(cache, "jupyter/config"),
      JUPYTER_DATA_DIR: path.join(cache, "jupyter/data"),
      JUPYTER_RUNTIME_DIR: path.join(cache, "jupyter/runtime"),
      JUPYTERLAB_SETTINGS_DIR: path.join(cache, "jupyter/settings"),
      JUPYTERLAB_WORKSPACES_DIR: path.join(cache, "jupyter/workspaces"),
      IPYTHONDIR: path.join(cache, "jupyter/ipython"),
    });
  });

  it("for downloads are GLASSBOX_CACHE's, and the reader's own choice comes before that", () => {
    const shared = places({ GLASSBOX_CACHE: "/shared" });
    expect([shared["npm_config_cache"], shared["PIP_CACHE_DIR"]]).toEqual([
      "/shared/npm",
      "/shared/pip",
    ]);
    const own = {
      GLASSBOX_CACHE: "/shared",
      npm_config_cache: "/my/npm",
      PIP_CACHE_DIR: "/my/pip",
    };
    expect(places(own)).toMatchObject({ npm_config_cache: "/my/npm", PIP_CACHE_DIR: "/my/pip" });
  });

  it("of another Python do not reach ours, and .venv/bin comes first on the PATH", () => {
    const env = places({ PYTHONPATH: "/other", PYTHONHOME: "/other", PATH: "/usr/bin:/bin" });
    expect(env["PYTHONPATH"] ?? env["PYTHONHOME"]).toBeUndefined();
    expect(env["PATH"]).toBe(`${path.join(folder, ".venv/bin")}:/usr/bin:/bin`);
  });
});
