/** What computes: each engine, started by the project's own door in a process of its own. */
"use strict";

const { execFile } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const { environment } = require("../project/environment.cjs");
const { dist, modules, root } = require("../project/paths.cjs");

/** The fastest first, as src/backend/engine.ts has them. */
const ENGINES = ["tensorflow", "wasm", "cpu"];
const MEND = "npm run setup";
const door = path.join(dist, "src", "backend", "engine.js");
/** Where the set-up says why TensorFlow cannot be had on this machine: nothing is wrong then. */
const whyNot = path.join(modules, "@tensorflow/tfjs-node/lib/napi-v8/why-not.txt");

/** Starts the engine, multiplies, and prints what it is; or why it does not load, with status 1. */
const PROBE = `
  const [door, name] = process.argv.slice(1);
  try {
    const { useEngine } = await import(door);
    const { version, device } = await useEngine(name);
    const tf = await import("@tensorflow/tfjs");
    const product = tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0];
    if (product !== 11) throw new Error("1 · 3 + 2 · 4 is 11, it computes " + product);
    console.log("computes, " + version + " on " + device);
  } catch (error) {
    console.log(error.message.split("\\n")[0]);
    process.exitCode = 1;
  }`;

/** { ok, last }: whether the engine computes, and the last line it printed. */
function start(name) {
  const args = ["--input-type=module", "-e", PROBE, pathToFileURL(door).href, name];
  const options = { cwd: root, env: environment(), timeout: 60_000, killSignal: "SIGKILL" };
  return new Promise((resolve) =>
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      // A processor that lacks an instruction of TensorFlow's ends the process without a word.
      const ended = error?.killed
        ? "no answer within 60 s"
        : `its process ended (${error?.signal})`;
      const line = `${stderr}${stdout}`.trim().split("\n").at(-1) || ended;
      const last = line.replace(`${name} `, "");
      resolve({ ok: !error, last: error?.signal ? ended : last });
    }),
  );
}

function engine(name) {
  return async () => {
    if (!fs.existsSync(door))
      return { ok: false, found: "not asked, the build is missing", mend: MEND };
    const { ok, last } = await start(name);
    if (ok) return { ok, found: last };
    if (name === "tensorflow" && fs.existsSync(whyNot))
      return { ok: null, found: `${last} (wasm computes instead)` };
    return { ok, found: last, mend: MEND };
  };
}

exports.examinations = ENGINES.map((name) => ({ name: `engine ${name}`, look: engine(name) }));
