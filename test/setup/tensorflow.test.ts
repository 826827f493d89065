import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { FILE, PAGE, startIndex } from "./package-index.ts";
import { barePath, read, temporaryFolder, write } from "./project.ts";
import {
  ADDONS,
  BUILT,
  CACHED,
  cacheOf,
  canMake,
  expectSaid,
  IN_PLACE,
  KEPT,
  kept,
  makeTiny,
  onlyFrom,
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
  it("comes from pip's index, is built, works, and leaves neither wheel nor scraps", async () => {
    const index = await startIndex();
    const folder = makeTiny();
    const env = onlyFrom({ PIP_INDEX_URL: index.url });
    const first = await take(folder, env);
    expectSaid(first, BUILT);
    expect(first.out).toContain(`TensorFlow 2.21.0: 0 MB once, then 0 MB in .cache/${KEPT}\n`);
    expect(index.asked).toEqual([PAGE, FILE]);
    expect(kept(folder)).toEqual(["setup", KEPT]);
    const addon = fs.readdirSync(path.join(cacheOf(folder), KEPT)).find((n) => /^addon-/.test(n));
    expect(fs.readdirSync(path.join(cacheOf(folder), KEPT)).sort()).toEqual([
      "THIRD_PARTY_NOTICES.txt",
      addon,
      "include",
      "lib",
      "whole.json",
    ]);

    expectSaid(await take(folder, env), IN_PLACE);
    expectSaid(await take(folder, env, "lab"), IN_PLACE);
    // The project may move, and npm ci may take the links away: nothing is fetched or compiled for that.
    const moved = path.join(temporaryFolder(), "moved");
    fs.renameSync(folder, moved);
    const poor = { ...env, PATH: barePath() };
    expectSaid(await take(moved, poor), IN_PLACE);
    fs.rmSync(path.join(moved, "node_modules/@tensorflow/tfjs-node/lib"), { recursive: true });
    expectSaid(await take(moved, poor, "lab"), CACHED);
    expect(index.asked).toHaveLength(2);

    // Other sources make another addon, from the same libraries.
    const source = "node_modules/@tensorflow/tfjs-node/binding/tfjs_backend.cc";
    write(moved, source, `${read(moved, source)}\n`);
    expectSaid(await take(moved, env, "lab"), BUILT);
    expect(index.asked).toHaveLength(2);
    // A damaged addon is compiled again.
    const links = path.join(moved, ADDONS);
    fs.writeFileSync(fs.realpathSync(path.join(links, "tfjs_binding.node")), "damaged");
    fs.rmSync(links, { recursive: true });
    expectSaid(await take(moved, env), BUILT);
    // Libraries that were cut off, as by a disk that was full, are not trusted.
    fs.truncateSync(path.join(cacheOf(moved), KEPT, "lib/libtensorflow_cc.so.2"), 100);
    expectSaid(await take(moved, env), BUILT);
    expect(index.asked).toHaveLength(4);
  });
});

describe.runIf(canMake)("a download", () => {
  it("that is cut off goes on where it was, in the same set-up", async () => {
    const index = await startIndex();
    index.cuts = [HALF, 16384];
    expectSaid(await take(makeTiny(), onlyFrom({ PIP_INDEX_URL: index.url })), BUILT);
    const rests = [HALF, HALF + 16384].map((from) => `${FILE} bytes=${from}-`);
    expect(index.asked).toEqual([PAGE, FILE, ...rests]);
  });

  it("of other bytes is refused, and tried again by npm run setup alone", async () => {
    const index = await startIndex();
    index.file = Buffer.from(wheel).fill(0, HALF, HALF + 10);
    const folder = makeTiny();
    const env = onlyFrom({ PIP_INDEX_URL: index.url });
    const reason = reasonOf(folder, await take(folder, env));
    expect(reason).toMatch(
      /^\S+\.whl could not be had from where pip gets its packages \(the file at http:\S+ has \d+ bytes and SHA-256 \w{64}, expected were \d+ bytes and \w{64}\): connect to the network and run npm run setup, or get that file in another way and run PIP_FIND_LINKS=ITS_FOLDER npm run setup\.$/,
    );
    expect(kept(folder)).toEqual(["setup", `${WHEEL}.part`]);
    expect(fs.statSync(path.join(cacheOf(folder), `${WHEEL}.part`)).size).toBe(0);

    index.file = wheel;
    expectSaid(await take(folder, env, "lab"), IN_PLACE);
    expectSaid(await take(folder, env, "setup"), BUILT);
    expect(fs.existsSync(path.join(folder, ADDONS, "why-not.txt"))).toBe(false);
  });
});

describe.runIf(canMake)("a machine on which TensorFlow cannot be", () => {
  it("of another kind gets one sentence", async () => {
    const folder = makeTiny({ platform: "sunos-sparc" });
    expect(reasonOf(folder, await take(folder, onlyFrom({})))).toBe(
      `there is no TensorFlow 2.21.0 for ${process.platform}-${process.arch}.`,
    );
  });

  it("with a cache that cannot be written gets one", async () => {
    const folder = makeTiny();
    // Not even root may make a folder in /sys.
    const env = { ...onlyFrom({}), GLASSBOX_CACHE: "/sys/cache" };
    expect(reasonOf(folder, await take(folder, env))).toBe(
      "/sys/cache cannot be written (read-only, or another user's): make it writable or copy the project to a folder of your own, then run npm run setup again.",
    );
  });
});

describe.runIf(canMake)("GLASSBOX_CACHE", () => {
  it("is shared by two clones that are set up at once, and by a third without a compiler", async () => {
    const index = await startIndex();
    const GLASSBOX_CACHE = path.join(temporaryFolder(), "shared cache");
    // What a set-up that was killed left behind, and one that is at work on another machine.
    const begin = path.join(GLASSBOX_CACHE, KEPT);
    fs.mkdirSync(`${begin}.${os.hostname()}.${2 ** 22 + 1}.tmp`, { recursive: true });
    fs.mkdirSync(`${begin}.elsewhere.1.tmp`);
    const env = { ...onlyFrom({ PIP_INDEX_URL: index.url }), GLASSBOX_CACHE };
    const all = await Promise.all([makeTiny(), makeTiny()].map((folder) => take(folder, env)));
    for (const ended of all) expectSaid(ended, /✓ TensorFlow +2\.21\.0, /);
    expect(fs.readdirSync(GLASSBOX_CACHE).sort()).toEqual([KEPT, `${KEPT}.elsewhere.1.tmp`]);

    const third = makeTiny();
    expectSaid(await take(third, { ...env, PATH: barePath() }), CACHED);
    // Once it is built, the variable need not be set; when the folder has moved, it is seen.
    expectSaid(await take(third, onlyFrom({})), IN_PLACE);
    fs.renameSync(GLASSBOX_CACHE, `${GLASSBOX_CACHE} 2`);
    expectSaid(await take(third, { ...env, GLASSBOX_CACHE: `${GLASSBOX_CACHE} 2` }), CACHED);
  });
});

describe.runIf(canMake)("GLASSBOX_ENGINE", () => {
  it("of another engine spares the download", async () => {
    const folder = makeTiny();
    const env = { ...onlyFrom({ PIP_INDEX_URL: DEAD }), GLASSBOX_ENGINE: "wasm" };
    expectSaid(await take(folder, env), IN_PLACE);
    expect(fs.existsSync(path.join(folder, ADDONS))).toBe(false);
  });
});
