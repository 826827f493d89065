import { spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { barePath, makeProject, read, run, write } from "./project.ts";

const SETUP = ["setup/setup.cjs"];
const AGAIN = "run node setup/setup.cjs again";
/** Nothing listens on the port of the discard service, and only the system may. */
const DEAD = "http://127.0.0.1:9";
const ON_DEBIAN = fs.existsSync("/etc/debian_version");

function sentence(ended: { code: number | null; err: string }): string {
  expect(ended.code).toBe(1);
  expect(ended.err.trimEnd().split("\n")).toHaveLength(1);
  return ended.err.trimEnd();
}

describe("a file where a folder should be", () => {
  it.each([".cache", ".venv", "dist", "node_modules"])("is named: %s", async (name) => {
    const folder = makeProject({ modules: name !== "node_modules", tools: name !== ".venv" });
    write(folder, name, "");
    expect(sentence(await run(folder, SETUP))).toBe(
      `${path.join(folder, name)} is a file where a folder should be: rename or remove it, then ${AGAIN}.`,
    );
    fs.rmSync(path.join(folder, name));
  });
});

describe("Python", () => {
  const answer = (words: string): string => `#!/bin/sh\necho ${words}\n`;
  const bare = (scripts: Record<string, string>): { env: { PATH: string } } => ({
    env: { PATH: barePath(scripts) },
  });

  it("is missing: the sentence says what was tried and how to install one", async () => {
    const said = sentence(await run(makeProject({ tools: false }), SETUP, bare({})));
    const how = ON_DEBIAN ? "sudo apt install python3-venv" : "https://www.python.org/downloads";
    expect(said).toBe(
      `No Python 3.10 or newer was found (tried python3, python, python3.13, python3.12, python3.11, python3.10, python3.14): install one (${how}), or name it with GLASSBOX_PYTHON=/path/to/python3, then ${AGAIN}.`,
    );
  });

  it("is too old: each one is named with its version", async () => {
    const old = bare({ python3: answer("3 9 2 1"), python: answer("2 7 18 0") });
    const said = sentence(await run(makeProject({ tools: false }), SETUP, old));
    expect(said).toContain(
      "No Python 3.10 or newer was found (python3 is 3.9.2, python is 2.7.18): install one",
    );
  });

  it("comes without venv: the package that has it is named", async () => {
    const unable = bare({ python3: answer("3 11 2 0") });
    const said = sentence(await run(makeProject({ tools: false }), SETUP, unable));
    const remedy = ON_DEBIAN
      ? "run sudo apt install python3.11-venv"
      : "install its venv and ensurepip modules";
    expect(said).toBe(
      `python3 (Python 3.11.2) cannot make environments, its module venv or ensurepip is missing: ${remedy}, or name another Python with GLASSBOX_PYTHON=/path/to/python3, then ${AGAIN}.`,
    );
  });

  it("is passed over when it is old and a newer one stands beside it", async () => {
    const both = barePath({ python3: answer("3 9 2 1"), "python3.12": answer("3 12 4 1") });
    const ended = await run(makeProject({ tools: false }), SETUP, { env: { PATH: both } });
    expect(ended.out).toContain("Python tools");
    expect(ended.err).not.toContain("No Python");
  });

  it("is chosen by GLASSBOX_PYTHON, and that alone is asked", async () => {
    const env = { GLASSBOX_PYTHON: "/nowhere/python3" };
    expect(sentence(await run(makeProject({ tools: false }), SETUP, { env }))).toBe(
      `GLASSBOX_PYTHON=/nowhere/python3 does not run: give the path of a Python 3.10 or newer, then ${AGAIN}.`,
    );
  });
});

describe("no network", () => {
  it("at npm's first start is one sentence, and names the registry", async () => {
    const folder = makeProject({ modules: false });
    const env = {
      npm_execpath: undefined,
      npm_config_registry: DEAD,
      npm_config_fetch_retries: "0",
    };
    expect(sentence(await run(folder, SETUP, { env }))).toMatch(
      /^npm could not reach http:\/\/127\.0\.0\.1:9\/\S+ \(ECONNREFUSED\): connect to the network, or set your proxy, then run node setup\/setup\.cjs again; what was downloaded is kept\.$/,
    );
  });

  it("at pip's first start is one sentence", async () => {
    const folder = makeProject({ tools: false });
    const env = {
      PIP_INDEX_URL: DEAD,
      PIP_CONFIG_FILE: "/dev/null",
      PIP_FIND_LINKS: "",
      PIP_RETRIES: "1",
    };
    // Only newer versions of pip name the server.
    expect(sentence(await run(folder, SETUP, { env }))).toMatch(
      /^pip could not reach (127\.0\.0\.1|its server) \(NewConnectionError\): connect to the network, or set your proxy, then run node setup\/setup\.cjs again; what was downloaded is kept\.$/,
    );
  }, 60_000);
});

/** `unshare` gives a process mounts of its own, for root and mostly for others too. */
const canMount = spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status === 0;
const inMount = (mount: string): string =>
  `unshare --mount --map-root-user sh -c '${mount} && "$@"' sh "$@"`;

describe("a place that cannot be written", () => {
  it("is read-only: the sentence names it", async () => {
    const folder = makeProject();
    let shell: string | undefined;
    if (canMount) shell = inMount(`mount --bind . . && mount -o remount,ro,bind . && cd "$PWD"`);
    // Not even root may make a folder in /sys.
    else fs.symlinkSync("/sys", path.join(folder, ".cache"));
    const said = sentence(await run(folder, SETUP, { shell }));
    const place = path.join(folder, canMount ? ".cache" : ".cache/setup");
    expect(said).toBe(
      `${place} cannot be written (read-only, or another user's): make it writable or copy the project to a folder of your own, then ${AGAIN}.`,
    );
  });

  it.runIf(canMount)(
    "is full: the sentence says so, and the next try succeeds",
    async () => {
      const folder = makeProject();
      fs.mkdirSync(path.join(folder, "dist"));
      // 4 kB hold a folder and no more.
      const shell = inMount("mount -t tmpfs -o size=4k none dist");
      expect(sentence(await run(folder, SETUP, { shell }))).toBe(
        `The disk that holds ${path.join(folder, "dist")} is full: free some space (a first set-up takes about 2.3 GB), then ${AGAIN}; it goes on from there.`,
      );
      expect((await run(folder, SETUP)).code).toBe(0);
    },
    60_000,
  );

  it("is where the output goes", async () => {
    const ended = await run(makeProject(), SETUP, { shell: '"$@" > /dev/full' });
    expect(sentence(ended)).toBe(
      "The output could not be written (ENOSPC): free some space where it goes, or leave it on the terminal.",
    );
  });
});

describe("a port", () => {
  it("that the reader named and another program has is refused before anything is set up", async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
    const { port } = server.address() as net.AddressInfo;
    const folder = makeProject({ modules: false, tools: false });
    for (const args of [["--port", String(port)], [`--port=${port}`], [`--ServerApp.port=${port}`]])
      expect(sentence(await run(folder, ["setup/lab.cjs", ...args]))).toBe(
        `Port ${port} is taken by another program: end that one, or name another port (npm run lab -- --port ${port + 1}), or none.`,
      );
    server.close();
  });

  it.each(["http", "70000", ""])("that is no port is refused: %j", async (port) => {
    const ended = await run(makeProject(), ["setup/lab.cjs", `--port=${port}`]);
    expect(sentence(ended)).toBe(
      `--port takes a number from 1 to 65535, got ${port || "nothing"}: try --port 8889.`,
    );
  });
});

describe("anything else", () => {
  it("is one sentence that says how to see more, and more is the stack", async () => {
    const folder = makeProject();
    fs.rmSync(path.join(folder, "tsconfig.build.json"));
    const file = path.join(folder, "tsconfig.build.json");
    const said = `Something unexpected happened: ENOENT: no such file or directory, stat '${file}' (GLASSBOX_DEBUG=1 node setup/setup.cjs shows where).`;
    expect(sentence(await run(folder, SETUP))).toBe(said);
    const more = await run(folder, SETUP, { env: { GLASSBOX_DEBUG: "1" } });
    expect(more.err).toMatch(/^Something unexpected .*\nError: ENOENT.*\n +at /);
  });

  it("is a colon in the path, which no PATH can hold", async () => {
    const folder = makeProject({ name: "a:b" });
    expect(sentence(await run(folder, SETUP))).toBe(
      `The folder ${folder} has a colon in its name, which the PATH of a system cannot hold: rename it, then run the command again.`,
    );
  });

  it("is a damaged package-lock.json", async () => {
    const folder = makeProject();
    write(folder, "package-lock.json", read(folder, "package-lock.json").slice(0, 1000));
    expect(sentence(await run(folder, SETUP))).toBe(
      `package-lock.json is missing or damaged: restore it (git checkout package-lock.json), then ${AGAIN}.`,
    );
  });
});
