/**
 * Compiles the addon, and the one that makes TensorFlow silent, with the first compiler that works.
 *
 * Source: https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-node/binding.gyp
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { run } = require("../process/child.cjs");
const { noteChild } = require("../project/lock.cjs");
const { modules, shown, state } = require("../project/paths.cjs");
const { Failure } = require("../terminal/failure.cjs");
const { ownCompilers, withFetchedCompiler } = require("./compilers.cjs");

const BINDING = path.join(modules, "@tensorflow", "tfjs-node", "binding");
const NODE_API = path.join(modules, "node-api-headers");
const QUIET = path.join(__dirname, "quiet.cc");
const MACOS = process.platform === "darwin";
/** How the addon asks for a library that its own list of folders (rpath) leads to. */
const AT_RUN_TIME = MACOS ? "@rpath/" : "";

/** Whatever the addon is made from, other than the libraries. */
const inputs = { folder: BINDING, files: [path.join(NODE_API, "package.json"), QUIET, __filename] };

/**
 * Makes tf_quiet.node and tfjs_binding.node in the folder `to`, from the libraries in `from`; returns the name of the
 * compiler. They look for the libraries in `../lib`.
 */
async function compile({ from, to, report }) {
  const failed = [];
  for (const compiler of ownCompilers()) {
    report(`compiling with ${compiler.name}`);
    const works = await compileWith(compiler, from, to);
    if (works) return compiler.name;
    if (works === false) failed.push(`${compiler.name} failed, see ${shownLogOf(compiler.name)}`);
  }
  const why = failed.join("; ") || "none was found";
  try {
    return await withFetchedCompiler(report, async (zig) => {
      report("compiling with ziglang, a minute");
      if (await compileWith(zig, from, to)) return zig.name;
      throw new Failure(`it failed too, see ${shownLogOf(zig.name)}`);
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      `it takes a C++ compiler (${why}): install g++ and run npm run setup, for ziglang could not take its place (${error.message.replace(/\.$/, "")})`,
    );
  }
}

const logOf = (name) => `compiler-${name.replace(/\W+/g, "-")}.log`;
const shownLogOf = (name) => shown(path.join(state, logOf(name)));

/** Whether it compiled both; undefined when there is no such program. */
async function compileWith({ name, program, args, env }, from, to) {
  const lib = path.join(from, "lib");
  const [cc, framework] = fs.readdirSync(lib).sort();
  const strings = {
    CC: `${AT_RUN_TIME}${cc}`,
    FRAMEWORK: `${AT_RUN_TIME}${framework}`,
    SET_MIN_LOG_LEVEL: nameOfSetMinLogLevel(path.join(lib, framework)),
  };
  const defines = Object.entries(strings).map(([key, value]) => `-D${key}="${value}"`);
  // The small one first: a compiler that does not work is found out at once.
  const jobs = [
    [...defines, QUIET, "-o", path.join(to, "tf_quiet.node")],
    [
      `-I${path.join(from, "include")}`,
      ...["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => path.join(BINDING, file)),
      ...[cc, framework].map((file) => path.join(lib, file)),
      ...["-o", path.join(to, "tfjs_binding.node")],
    ],
  ];
  for (const job of jobs) {
    const all = [...args, ...flags(), ...job];
    const options = { env, onStart: noteChild, log: logOf(name) };
    const { code } = await run(program, all, options).catch((error) => {
      if (["ENOENT", "EACCES"].includes(error.code)) return {};
      throw error;
    });
    if (code !== 0) return code === undefined ? undefined : false;
  }
  return true;
}

function flags() {
  const api = ["-DNAPI_VERSION=8", `-I${path.join(NODE_API, "include")}`];
  const shared = MACOS ? ["-bundle", "-undefined", "dynamic_lookup"] : ["-shared", "-fPIC", "-ldl"];
  const beside = `-Wl,-rpath,${MACOS ? "@loader_path" : "$ORIGIN"}/../lib`;
  // When a worker thread ends that loaded it, Node would unload it, and what it has registered for the process's
  // exit would lead nowhere.
  const stays = MACOS ? [] : ["-Wl,-z,nodelete"];
  return ["-std=c++17", "-O2", "-w", "-fvisibility=hidden", ...api, ...shared, beside, ...stays];
}

/** The name by which the library exports absl::SetMinLogLevel: it holds the version of Abseil. */
function nameOfSetMinLogLevel(library) {
  const bytes = fs.readFileSync(library);
  const at = bytes.indexOf("14SetMinLogLevelE");
  const text = bytes.toString("latin1", Math.max(0, at - 64), at + 64);
  const name = /_ZN4absl\w*14SetMinLogLevelE\w*/.exec(at < 0 ? "" : text)?.[0];
  if (name) return name;
  throw new Failure(`${path.basename(library)} has no absl::SetMinLogLevel, which makes it silent`);
}

module.exports = { compile, inputs };
