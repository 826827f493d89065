import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { readersEnvironment, root, run, temporaryFolder } from "./project.ts";

const folder = path.join(temporaryFolder(), `it's "a" 课程 dir`);
const home = temporaryFolder();
const SETUP = ["setup/setup.cjs"];
/** pip asks rustc, where there is one, for its version; rustup's stand-in for rustc then writes settings. */
const env = {
  HOME: home,
  RUSTUP_HOME: temporaryFolder(),
  npm_execpath: undefined,
  GLASSBOX_ENGINE: undefined,
};

beforeAll(() => {
  spawnSync("git", ["clone", "--quiet", root, folder]);
});

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, args, { cwd: folder, env: readersEnvironment(env), stdio: "ignore" });

/** Polls until the condition holds; three minutes without are an error. */
async function until(what: string, condition: () => boolean): Promise<void> {
  for (const begun = performance.now(); !condition(); await sleep(20))
    if (performance.now() - begun > 180_000) throw new Error(`${what}: not within three minutes`);
}

function count(below: string): number {
  const where = path.join(folder, below);
  return fs.existsSync(where) ? fs.readdirSync(where).length : 0;
}

function sitePackages(): string {
  const lib = path.join(folder, ".venv/lib");
  return fs.existsSync(lib)
    ? `.venv/lib/${fs.readdirSync(lib)[0] ?? ""}/site-packages`
    : ".venv/lib";
}

interface Running {
  readonly pid: number;
  readonly line: string;
}

/** Every process that works in the project's folder or names it, with its command line. */
function processes(): Running[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        const inside = fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
        return line && (inside || line.includes(folder)) ? [{ pid: Number(pid), line }] : [];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

describe("a first set-up in a folder with spaces, quotes and Chinese letters", () => {
  it("survives kill -9 amid npm and amid pip, and the next try goes on", async () => {
    const first = start(SETUP);
    await until("npm at work", () => count("node_modules") > 100);
    const second = start(SETUP);
    await sleep(500);
    first.kill("SIGKILL");
    // The second ends the first one's npm, starts npm again, then pip.
    await until("pip at work", () => count(sitePackages()) > 40);
    second.kill("SIGKILL");

    const third = await run(folder, SETUP, { env });
    expect(third).toMatchObject({ code: 0, err: "" });
    expect(third.out).toMatch(
      /✓ npm packages +in place\n[^]*✓ Python tools +\d+ packages[^]*✓ build[^]*✓ kernelspec[^]*✓ TensorFlow +2\.21\.0, compiled by/,
    );
    expect(processes()).toEqual([]);
  });

  it("leaves nothing outside the project, and nothing that git sees inside", () => {
    const files = fs.readdirSync(home, { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)).toEqual([]);
    const { stdout } = spawnSync("git", ["status", "--short"], { cwd: folder });
    expect(stdout.toString()).toBe("");
  });

  it("has nothing to do a second time, and sees that in less than a second", async () => {
    const begun = performance.now();
    expect((await run(folder, SETUP, { env })).out).toContain("everything in place");
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it("makes Python tools that are in order and start by name", () => {
    const bin = path.join(folder, ".venv/bin");
    const check = spawnSync(path.join(bin, "python"), ["-m", "pip", "check"]);
    expect(check.stdout.toString()).toBe("No broken requirements found.\n");
    const PATH = `${bin}:${process.env["PATH"]}`;
    for (const program of ["alembic", "jupyter", "nbgrader"])
      expect(
        spawnSync(program, ["--version"], { env: { ...readersEnvironment(env), PATH } }).status,
      ).toBe(0);
  });

  it("satisfies the doctor", async () => {
    const { out } = await run(folder, ["setup/bin/glassbox.cjs", "doctor", "--json"], { env });
    const { checks } = JSON.parse(out) as {
      checks: { ok: boolean | null; name: string; found: string }[];
    };
    expect(checks.filter((check) => check.ok === false)).toEqual([]);
  });
});

/** `unshare` gives a process mounts of its own, for root and mostly for others too. */
const canMount = spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status === 0;

describe.runIf(canMount)("a disk that is too small", () => {
  /** Sets up a clone on a disk of that size; downloads and what `prepare` links lie elsewhere. */
  async function setUpOn(size: string, prepare = "true", npm_execpath?: string): Promise<string> {
    const disk = temporaryFolder();
    const mount = `mount -t tmpfs -o size=${size} none ${disk}`;
    const shell = `unshare --mount --map-root-user sh -c '${mount} && git clone -q "$ROOT" ${disk}/p && cd ${disk}/p && ${prepare} && "$@"' sh "$@"`;
    const more = { npm_execpath, ROOT: root, MODULES: path.join(folder, "node_modules") };
    const GLASSBOX_CACHE = path.join(folder, ".cache");
    const ended = await run(folder, SETUP, { shell, env: { ...env, ...more, GLASSBOX_CACHE } });
    expect(ended.code).toBe(1);
    return ended.err.replaceAll(disk, "DISK");
  }
  const full = (place: string): string =>
    `The disk that holds ${place} is full: free some space (a first set-up takes about 2.3 GB), then run node setup/setup.cjs again; it goes on from there.\n`;

  it("for npm's packages is said in one sentence", async () => {
    expect(await setUpOn("150m")).toBe(full("DISK/p"));
  });

  it("for pip's is too", async () => {
    const link = 'ln -s "$MODULES" node_modules';
    // What says it is pip, or our own attempt to keep pip's words.
    const said = await setUpOn("100m", link, "/nowhere/npm-cli.js");
    expect([full("DISK/p/.venv"), full("DISK/p")]).toContain(said);
  });
});

describe("npm run lab", () => {
  let lab: ChildProcess | undefined;
  let said = "";

  /** Starts it in a process group of its own, as a terminal does; resolves when the address stands there. */
  async function open(program: string, args: readonly string[]): Promise<string> {
    said = "";
    lab = spawn(program, args, {
      cwd: folder,
      env: readersEnvironment(env),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [lab.stdout, lab.stderr])
      stream?.on("data", (data: Buffer) => (said += data.toString()));
    const child = lab;
    await until("the address", () => {
      if (child.exitCode !== null) throw new Error(`npm run lab ended: ${said}`);
      return /http:\/\/\S+token=\w+/.test(said);
    });
    return /http:\/\/\S+token=\w+/.exec(said)?.[0] ?? "";
  }

  /** Has the server start a kernel of each kind and a terminal, and waits until they run. */
  async function fill(address: string): Promise<void> {
    const { origin, searchParams } = new URL(address);
    const post = async (api: string, body: object): Promise<void> => {
      const headers = { Authorization: `token ${searchParams.get("token")}` };
      const reply = await fetch(`${origin}/api/${api}`, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      expect(reply.ok).toBe(true);
    };
    await post("kernels", { name: "tslab" });
    await post("kernels", { name: "python3" });
    await post("terminals", { cwd: "notebooks" });
    await until(
      "two kernels",
      () => processes().filter(({ line }) => line.includes("/runtime/kernel-")).length === 2,
    );
  }

  // What one test left behind must not spoil the next.
  afterEach(() => {
    for (const { pid } of processes()) process.kill(pid, "SIGKILL");
  });

  const npm = ["run", "lab", "--", "--no-browser"];
  const terminal = ["-qfc", "npm run lab -- --no-browser", "/dev/null"];
  const ours = (): number =>
    processes().find(({ line }) => line.startsWith("node setup/lab.cjs"))?.pid ?? 0;

  it("reaches the server within ten seconds, without a word on stderr", async () => {
    const begun = performance.now();
    const address = await open("npm", npm);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(said).toContain("✓ set-up          everything in place");
    expect((await fetch(address)).status).toBe(200);
  });

  it.each([
    [
      "Ctrl-C, which goes to the whole group",
      "npm",
      npm,
      () => process.kill(-(lab?.pid ?? 0), "SIGINT"),
    ],
    ["SIGINT to our process", "npm", npm, () => process.kill(ours(), "SIGINT")],
    ["SIGTERM to npm", "npm", npm, () => lab?.kill("SIGTERM")],
    ["SIGHUP to the group", "npm", npm, () => process.kill(-(lab?.pid ?? 0), "SIGHUP")],
    ["kill -9 of npm", "npm", npm, () => lab?.kill("SIGKILL")],
    ["kill -9 of our process", "npm", npm, () => process.kill(ours(), "SIGKILL")],
    ["closing the terminal", "script", terminal, () => lab?.kill("SIGKILL")],
  ])("%s leaves no server, kernel or terminal", async (_, program, args, stop) => {
    await fill(await open(program, args));
    stop();
    await until("the end", () => processes().length === 0);
    expect(processes()).toEqual([]);
  });

  it("ends well when the server is shut down from the browser", async () => {
    const address = await open("npm", npm);
    const { origin, searchParams } = new URL(address);
    const headers = { Authorization: `token ${searchParams.get("token")}` };
    await fetch(`${origin}/api/shutdown`, { method: "POST", headers });
    await until("the end", () => lab?.exitCode !== null);
    expect([lab?.exitCode, said.trimEnd().split("\n").at(-1)]).toEqual([
      0,
      "  JupyterLab was shut down.",
    ]);
  });

  it("left nothing outside the project", () => {
    const files = fs.readdirSync(home, { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)).toEqual([]);
  });
});
