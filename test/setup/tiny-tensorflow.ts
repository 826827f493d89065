/**
 * A TensorFlow of three functions: two libraries in a wheel, an addon's sources, and a project to be set up with them.
 *
 * Like the real ones, one library talks while it is loaded, and its log has a level under a mangled name.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { expect } from "vitest";

import { type Ended, read, root, run, type RunOptions, temporaryFolder, write } from "./project.ts";

const { headers, version } = createRequire(import.meta.url)(
  path.join(root, "setup/tensorflow/wheels.cjs"),
) as { headers: string[]; version: string };

/** The Python that `npm run setup` made, with pip and requests in it. */
const PYTHON = path.join(root, ".venv/bin/python");
const HERE = `${process.platform}-${process.arch}`;
/** The name of what the set-up keeps. */
export const KEPT = `tensorflow-${version}-${HERE}`;
export const ADDONS = "node_modules/@tensorflow/tfjs-node/lib/napi-v8";
export const WHEEL = "tensorflow_cpu-9.9.9-cp311-cp311-here.whl";
export const PROJECT = "tensorflow-cpu";

const FRAMEWORK = `
  #include <cstdio>
  static int level = 0;
  namespace absl::lts_1 {
  enum class LogSeverityAtLeast : int {};
  void SetMinLogLevel(LogSeverityAtLeast wanted) { level = static_cast<int>(wanted); }
  }
  extern "C" void say(const char* words) { if (level == 0) std::fprintf(stderr, "%s\\n", words); }
  static bool loaded = (say("the framework is loaded"), true);`;
const CC = `
  extern "C" void say(const char* words);
  static bool loaded = (say("the library is loaded"), true);
  extern "C" const char* TF_Version() { return "${version}"; }`;
const BACKEND = `
  #include "tensorflow/c/c_api.h"
  const char* version_of_backend() { return TF_Version(); }`;
const BINDING = `
  #include <node_api.h>
  const char* version_of_backend();
  static napi_value Init(napi_env env, napi_value exports) {
    napi_value text;
    napi_create_string_utf8(env, version_of_backend(), NAPI_AUTO_LENGTH, &text);
    napi_set_named_property(env, exports, "version", text);
    return exports;
  }
  NAPI_MODULE(tiny, Init)`;

/** Where there is no g++ its libraries cannot be made, and its tests do not run. */
export const canMake: boolean =
  process.platform === "linux" && spawnSync("g++", ["--version"]).status === 0;

/** The wheel's bytes, about 320 kB. */
export const wheel: Buffer = canMake ? makeWheel() : Buffer.alloc(0);

function makeWheel(): Buffer {
  const folder = path.join(temporaryFolder(), "tensorflow");
  const lib = (name: string): string => path.join(folder, `libtensorflow_${name}.so.2`);
  write(folder, "framework.cc", FRAMEWORK);
  write(folder, "cc.cc", CC);
  const make = (name: string, ...more: string[]): unknown =>
    execFileSync("g++", [
      ...["-std=c++17", "-shared", "-fPIC", path.join(folder, `${name}.cc`), "-o", lib(name)],
      ...[`-Wl,-soname,${path.basename(lib(name))}`, "-Wl,-rpath,$ORIGIN", ...more],
    ]);
  make("framework");
  make("cc", lib("framework"));
  for (const header of headers) write(folder, `include/${header}`, "");
  write(folder, "include/tensorflow/c/c_api.h", 'extern "C" const char* TF_Version();\n');
  // Nothing that a zip file could make small.
  const notices = createHash("shake256", { outputLength: 300_000 }).digest("base64");
  write(folder, "THIRD_PARTY_NOTICES.txt", notices);
  const file = path.join(folder, "..", WHEEL);
  const zip =
    "import shutil, sys; shutil.make_archive(sys.argv[1], 'zip', sys.argv[2], 'tensorflow')";
  execFileSync(PYTHON, ["-c", zip, file, path.dirname(folder)]);
  return fs.readFileSync(`${file}.zip`);
}

export interface TinyOptions {
  /** What the set-up is told about the wheel, instead of the truth. */
  readonly wheel?: { readonly unpacked?: number; readonly sha256?: string };
  /** Platform and processor that have a wheel; by default this machine's. */
  readonly platform?: string;
}

/** A project of which no more is there than the step needs. */
export function makeTiny({ wheel: told = {}, platform = HERE }: TinyOptions = {}): string {
  const folder = path.join(temporaryFolder(), "project");
  fs.mkdirSync(folder);
  fs.cpSync(path.join(root, "setup"), path.join(folder, "setup"), { recursive: true });
  write(folder, "package.json", '{ "type": "module" }');
  write(folder, ".venv/bin/python", `#!/bin/sh\nexec "${PYTHON}" "$@"\n`, 0o755);
  const truth = {
    project: PROJECT,
    file: WHEEL,
    bytes: wheel.length,
    sha256: createHash("sha256").update(wheel).digest("hex"),
    libraries: ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"],
    unpacked: 100_000,
    kept: 50_000,
  };
  const pins = { headers, version, wheels: { [platform]: { ...truth, ...told } } };
  write(folder, "setup/tensorflow/wheels.cjs", `module.exports = ${JSON.stringify(pins)};\n`);

  const modules = path.join(folder, "node_modules");
  write(modules, "@tensorflow/tfjs-node/package.json", "{}");
  write(modules, "@tensorflow/tfjs-node/binding/tfjs_backend.cc", BACKEND);
  write(modules, "@tensorflow/tfjs-node/binding/tfjs_binding.cc", BINDING);
  const api = "node-api-headers";
  fs.symlinkSync(path.join(root, "node_modules", api), path.join(modules, api));
  write(modules, "@tensorflow/tfjs/package.json", '{ "exports": "./tfjs.mjs" }');
  write(modules, "@tensorflow/tfjs/tfjs.mjs", TFJS);
  write(folder, "dist/src/backend/engine.js", DOOR);
  for (const command of ["setup", "lab"]) write(folder, `${command}.cjs`, STEP);
  return folder;
}

const TFJS = `
  export const tensor2d = (values) => values;
  export const matMul = ([a, b, c, d], [e, f, g, h]) => ({
    dataSync: () => [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h],
  });`;
const DOOR = `
  import { createRequire } from "node:module";
  export async function useEngine() {
    const require = createRequire(import.meta.url);
    require("../../../${ADDONS}/tf_quiet.node");
    return { version: require("../../../${ADDONS}/tfjs_binding.node").version };
  }`;
/** The step alone, as `npm run setup` and `npm run lab` take it. */
const STEP = `
  const { done, step } = require("./setup/terminal/progress.cjs");
  const tensorflow = require("./setup/steps/tensorflow.cjs");
  require("./setup/terminal/main.cjs").main(async () => {
    if (tensorflow.isInPlace()) done(tensorflow.name, "in place");
    else await step(tensorflow.name, tensorflow.run);
  });`;

/** pip's settings that know no place but those in `more`. */
export function onlyFrom(more: Record<string, string>): Record<string, string | undefined> {
  const none = { PIP_CONFIG_FILE: "/dev/null", PIP_EXTRA_INDEX_URL: "", PIP_FIND_LINKS: "" };
  const proxies = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
  const direct = Object.fromEntries(proxies.map((name) => [name, undefined]));
  return { ...none, ...direct, PIP_RETRIES: "0", GLASSBOX_ENGINE: undefined, ...more };
}

/** Runs the step in a project, as the set-up would. */
export function take(
  folder: string,
  env: RunOptions["env"],
  command: "setup" | "lab" = "setup",
): Promise<Ended> {
  return run(folder, [`${command}.cjs`], { env });
}

/** What is said of an engine that was built now, that was in the cache, or that needs nothing. */
export const BUILT = /✓ TensorFlow +2\.21\.0, compiled by c\+\+ +\d/;
export const CACHED = /✓ TensorFlow +2\.21\.0, from the cache +\d/;
export const IN_PLACE = /^ {2}✓ TensorFlow {6}in place\n$/;

export function expectSaid(ended: Ended, said: RegExp): void {
  expect(ended).toMatchObject({ code: 0, err: "" });
  expect(ended.out).toMatch(said);
}

/** The sentence of an engine that was left out: said in one line, and kept for src/backend. */
export function reasonOf(folder: string, ended: Ended): string {
  expect(ended).toMatchObject({ code: 0, err: "" });
  const reason = read(folder, `${ADDONS}/why-not.txt`).trimEnd();
  expect(ended.out).toContain(`  – TensorFlow      left out, wasm computes instead: ${reason} `);
  return reason;
}

export const cacheOf = (folder: string): string => path.join(folder, ".cache");

/** The names in the project's cache. */
export const kept = (folder: string): string[] => fs.readdirSync(cacheOf(folder)).sort();
