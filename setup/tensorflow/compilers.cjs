/**
 * Programs that may compile C++: the reader's own, else one that is fetched for this once.
 *
 * The package `ziglang` of the Python package index holds a whole clang with its headers. It is large, so it
 * is put aside, used, and removed: what it made stays in the cache.
 *
 * Source: https://github.com/ziglang/zig-pypi
 */
"use strict";

const path = require("node:path");

const { run } = require("../process/child.cjs");
const { downloads, environment } = require("../project/environment.cjs");
const { noteChild } = require("../project/lock.cjs");
const { venvPython } = require("../project/paths.cjs");
const { refuse } = require("../steps/refusal.cjs");
const { dim, print } = require("../terminal/progress.cjs");
const { besides } = require("./work-folder.cjs");

const ZIG = "ziglang==0.17.1";

/** Each is { name, program, args, env }, the one that the variable CXX names first. */
function ownCompilers() {
  const chosen = process.env.CXX?.trim();
  const names = [...(chosen ? [chosen] : []), "c++", "g++", "clang++"];
  return names.map((name) => {
    const [program, ...args] = name.split(/\s+/);
    return { name, program, args, env: environment() };
  });
}

/** Runs `work` with a compiler that is fetched first and removed afterwards; a Failure when it cannot be fetched. */
async function withFetchedCompiler(report, work) {
  print(
    dim(
      "    No C++ compiler works here: ziglang from the Python package index, 101 MB to download and 440 MB while it works, then removed",
    ),
  );
  return besides(path.join(downloads(), "zig"), async (folder) => {
    report("fetching ziglang, 101 MB");
    const args = ["-m", "pip", "install", "--progress-bar=off", "--no-color", "--no-cache-dir"];
    const env = environment();
    env.PIP_RETRIES ??= "2";
    const options = { env, onStart: noteChild, log: "zig.log" };
    const to = ["--no-deps", "--target", folder, ZIG];
    const { code, output } = await run(venvPython, [...args, ...to], options);
    if (code !== 0) throw refuse("pip", output, "zig.log", folder);
    // It compiles its own C++ library, and would keep that in the reader's home.
    const caches = path.join(folder, "cache");
    const places = { ZIG_GLOBAL_CACHE_DIR: caches, ZIG_LOCAL_CACHE_DIR: caches };
    const program = path.join(folder, "ziglang", "zig");
    return work({ name: "ziglang", program, args: ["c++"], env: { ...env, ...places } });
  });
}

module.exports = { ownCompilers, withFetchedCompiler };
