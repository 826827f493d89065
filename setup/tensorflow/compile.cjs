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
const { modules } = require("../project/paths.cjs");
const { Failure } = require("../terminal/failure.cjs");
const { LOG, logShown, ownCompilers, withFetchedCompiler } = require("./compilers.cjs");

const BINDING = path.join(modules, "@tensorflow", "tfjs-node", "binding");
const NODE_API = path.join(modules, "node-api-headers");
const QUIET = path.join(__dirname, "quiet.cc");
const MACOS = process.platform === "darwin";

/** Whatever the addon is made from, other than the libraries. */
const inputs = { folder: BINDING, files: [path.join(NODE_API, "package.json"), QUIET, __filename] };

/**
 * Makes tf_quiet.node and tfjs_binding.node in the folder `to`, from the libraries in `from`; returns the name of the
 * compiler. They look for the libraries in `../lib`.
 */
async function compile({ from, to, report }) {
  const found = [];
  for (const compiler of ownCompilers()) {
    report(`compiling with ${compiler.name}`);
    const works = await compileWith(compiler, from, to);
    if (works) return compiler.name;
    if (works === false) found.push(compiler.name);
  }
  const why = found.length > 0 ? `${found.join(", ")} failed, see ${logShown}` : "none was found";
  try {
    return await withFetchedCompiler(report, async (zig) => {
      report("compiling with ziglang, a minute");
      if (await compileWith(zig, from, to)) return zig.name;
      throw new Failure(`ziglang failed too, see ${logShown}`);
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      `it takes a C++ compiler (${why}): install g++ and run npm run setup, which could not fetch ziglang in its place (${error.message.replace(/\.$/, "")})`,
    );
  }
}

/** Whether it compiled both; undefined when there is no such program. */
async function compileWith({ program, args, env }, from, to) {
  const [cc, framework] = librariesIn(path.join(from, "lib"));
  const level = `-DSET_MIN_LOG_LEVEL=${nameOfSetMinLogLevel(framework)}`;
  // The small one first: a compiler that does not work is found out at once.
  const jobs = [
    [level, QUIET, framework, "-o", path.join(to, "tf_quiet.node")],
    [
      `-I${path.join(from, "include")}`,
      ...["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => path.join(BINDING, name)),
      ...[cc, framework, "-o", path.join(to, "tfjs_binding.node")],
    ],
  ];
  for (const job of jobs) {
    const all = [...args, ...flags(), ...job];
    const options = { env, onStart: noteChild, log: LOG };
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
  const shared = MACOS ? ["-bundle", "-undefined", "dynamic_lookup"] : ["-shared", "-fPIC"];
  const beside = `-Wl,-rpath,${MACOS ? "@loader_path" : "$ORIGIN"}/../lib`;
  return ["-std=c++17", "-O2", "-w", "-fvisibility=hidden", ...api, ...shared, beside];
}

/** libtensorflow_cc and libtensorflow_framework, in this order. */
const librariesIn = (lib) =>
  fs
    .readdirSync(lib)
    .sort()
    .map((name) => path.join(lib, name));

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
