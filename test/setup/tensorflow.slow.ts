import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { FILE, PAGE, startIndex } from "./package-index.ts";
import { barePath, read, readersEnvironment, temporaryFolder, write } from "./project.ts";
import {
  ADDONS,
  BUILT,
  cacheOf,
  canMake,
  expectSaid,
  KEPT,
  kept,
  makeTiny,
  onlyFrom,
  PROJECT,
  reasonOf,
  take,
  WHEEL,
  wheel,
} from "./tiny-tensorflow.ts";

/** Bytes; downloads are written in pieces of 16384. */
const HALF = 8 * 16384;
/** Nothing listens on the port of the discard service, and only the system may. */
const DEAD = "http://127.0.0.1:9";

describe.runIf(canMake)("the TensorFlow of a first set-up", () => {
  it.each(["json", "html"] as const)("is found where an index answers in %s", async (form) => {
    const index = await startIndex();
    index.form = form;
    expectSaid(await take(makeTiny(), onlyFrom({ PIP_INDEX_URL: index.url })), BUILT);
  });

  it("is found in a folder of the reader's, read there, and left there", async () => {
    const files = temporaryFolder();
    fs.writeFileSync(path.join(files, WHEEL), wheel);
    const links = `/nowhere ${files}`;
    const env = onlyFrom({ PIP_INDEX_URL: "file:///nowhere/simple", PIP_FIND_LINKS: links });
    const folder = makeTiny();
    expectSaid(await take(folder, env), BUILT);
    expect(fs.readFileSync(path.join(files, WHEEL)).equals(wheel)).toBe(true);
    expect(kept(folder)).toEqual(["setup", KEPT]);
  });

  it("is taken from an index on this machine before any server is asked", async () => {
    const server = await startIndex();
    const local = temporaryFolder();
    write(local, `simple/${PROJECT}/index.html`, `<a href="../../files/${WHEEL}#sha256=0">it</a>`);
    write(local, `files/${WHEEL}`, "");
    fs.writeFileSync(path.join(local, "files", WHEEL), wheel);
    const places = `file:///nowhere/simple file://${local}/simple`;
    const env = onlyFrom({ PIP_INDEX_URL: server.url, PIP_EXTRA_INDEX_URL: places });
    expectSaid(await take(makeTiny(), env), BUILT);
    expect(server.asked).toEqual([]);
  });

  it("comes through the proxy of a pip.conf", async () => {
    const proxy = await startIndex();
    const conf = path.join(temporaryFolder(), "pip.conf");
    const origin = new URL(proxy.url).origin;
    fs.writeFileSync(conf, `[global]\nindex-url = http://far.example/simple\nproxy = ${origin}\n`);
    const env = { ...onlyFrom({}), PIP_CONFIG_FILE: conf };
    expectSaid(await take(makeTiny(), env), BUILT);
    expect(proxy.asked).toEqual([
      `GET http://far.example/simple/${PROJECT}/`,
      `GET http://far.example/files/${WHEEL}`,
    ]);
  });
});

describe.runIf(canMake)("a download", () => {
  it("that was killed goes on in the next set-up", async () => {
    const index = await startIndex();
    const folder = makeTiny();
    write(folder, `.cache/${WHEEL}.part`, "");
    fs.writeFileSync(path.join(cacheOf(folder), `${WHEEL}.part`), wheel.subarray(0, HALF));
    expectSaid(await take(folder, onlyFrom({ PIP_INDEX_URL: index.url })), BUILT);
    expect(index.asked).toEqual([PAGE, `${FILE} bytes=${HALF}-`]);
  });

  it("that went on from damaged bytes is made anew", async () => {
    const index = await startIndex();
    const folder = makeTiny();
    write(folder, `.cache/${WHEEL}.part`, "damaged");
    expectSaid(await take(folder, onlyFrom({ PIP_INDEX_URL: index.url })), BUILT);
    expect(index.asked).toEqual([PAGE, `${FILE} bytes=7-`, FILE]);
  });

  it("that cannot begin is said in one line, with who did not answer", async () => {
    const index = await startIndex();
    const folder = makeTiny();
    const said = reasonOf(folder, await take(folder, onlyFrom({ PIP_INDEX_URL: DEAD }), "lab"));
    expect(said).toContain(" (127.0.0.1: ConnectionError): connect to the network ");
    const other = makeTiny();
    const env = onlyFrom({ PIP_INDEX_URL: index.url.replace("simple", "other") });
    expect(reasonOf(other, await take(other, env))).toContain(" (127.0.0.1: HTTP status 404): ");
  });

  it("that is stopped ends at once, keeps what has come, and leaves no other scraps", async () => {
    const index = await startIndex();
    index.cuts = [HALF, 1e9];
    const folder = makeTiny();
    write(
      folder,
      "setup/tensorflow/sources.py",
      `${read(folder, "setup/tensorflow/sources.py")}
_get = Sources.get
def _slow(self, url, **options):
    if "Range" in options.get("headers", {}):
        __import__("time").sleep(60)
    return _get(self, url, **options)
Sources.get = _slow
`,
    );
    const env = readersEnvironment(onlyFrom({ PIP_INDEX_URL: index.url }));
    const child = spawn(process.execPath, ["setup.cjs"], { cwd: folder, env, stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const part = path.join(cacheOf(folder), `${WHEEL}.part`);
    while ((fs.statSync(part, { throwIfNoEntry: false })?.size ?? 0) < HALF) await sleep(20);
    child.kill("SIGTERM");
    expect(await ended).toBe(143);
    expect(kept(folder)).toEqual(["setup", `${WHEEL}.part`]);
    expect(fs.readFileSync(part).equals(wheel.subarray(0, HALF))).toBe(true);
  });
});

describe.runIf(canMake)("a machine on which TensorFlow cannot be", () => {
  it("with too little room gets one before anything is fetched", async () => {
    const index = await startIndex();
    const folder = makeTiny({ wheel: { unpacked: 1e18 } });
    const said = reasonOf(folder, await take(folder, onlyFrom({ PIP_INDEX_URL: index.url })));
    expect(said).toMatch(
      /^the disk that holds \S+\.cache has \d+ MB free and TensorFlow takes 1000000000000 MB to unpack: free some space, or name another place with GLASSBOX_CACHE, and run npm run setup\.$/,
    );
    expect(index.asked).toEqual([]);
  });

  it("without a compiler, and without the network to fetch one, gets one", async () => {
    const index = await startIndex();
    const folder = makeTiny();
    const env = onlyFrom({ PIP_INDEX_URL: index.url });
    const poor = { ...env, PATH: barePath(), CXX: undefined };
    expect(reasonOf(folder, await take(folder, poor))).toMatch(
      /^it takes a C\+\+ compiler \(none was found\): install g\+\+ and run npm run setup, for ziglang could not take its place \(pip failed \(.*ziglang==0\.17\.1.*\): see \.cache\/setup\/zig\.log, then run npm run setup again\)\.$/,
    );
    // The libraries were not fetched in vain, and a compiler is what was missing.
    expectSaid(await take(folder, env), BUILT);
    expect(index.asked.filter((line) => line === FILE)).toHaveLength(1);
  });

  it("with a library that ends the process, as on an old processor, gets one and no addon", async () => {
    const index = await startIndex();
    const folder = makeTiny();
    const door = "dist/src/backend/engine.js";
    write(folder, door, "export const useEngine = () => process.kill(process.pid, 'SIGILL');");
    expect(reasonOf(folder, await take(folder, onlyFrom({ PIP_INDEX_URL: index.url })))).toBe(
      "it was built and does not compute here (its test: killed by SIGILL).",
    );
    expect(fs.readdirSync(path.join(folder, ADDONS))).toEqual(["why-not.txt"]);
  });
});

describe.runIf(canMake)("a compiler", () => {
  it("that CXX names comes first, and one that does not work is passed over", async () => {
    const index = await startIndex();
    const folder = makeTiny();
    const asked = path.join(folder, "asked");
    const broken = `#!/bin/sh\necho "$1" >> "${asked}"\nexit 1\n`;
    const PATH = `${barePath({ mine: broken, "c++": broken })}:${process.env["PATH"]}`;
    const env = { ...onlyFrom({ PIP_INDEX_URL: index.url }), PATH, CXX: "mine -m64" };
    expectSaid(await take(folder, env), /✓ TensorFlow +2\.21\.0, compiled by g\+\+ /);
    expect(fs.readFileSync(asked, "utf8")).toBe("-m64\n-std=c++17\n");
  });
});
