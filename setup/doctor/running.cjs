/** What runs: the kernel, asked as JupyterLab would ask it, and each engine that is installed. */
"use strict";

const { execFile } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const { environment } = require("../project/environment.cjs");
const { kernelMain, modules, root, venvPython } = require("../project/paths.cjs");
const pythonTools = require("../steps/python-tools.cjs");

/** Engines by the package that brings them; only those of the project's packages are looked at. */
const ENGINES = [
  ["cpu", "@tensorflow/tfjs"],
  ["wasm", "@tensorflow/tfjs-backend-wasm"],
  ["webgpu", "@tensorflow/tfjs-backend-webgpu"],
  ["tensorflow", "@tensorflow/tfjs-node"],
];

/** { ok, last }: whether the program ended with 0 in time, and its last line of output. */
function lastLine(program, args) {
  const options = { cwd: root, env: environment(), timeout: 60_000, killSignal: "SIGKILL" };
  return new Promise((resolve) =>
    execFile(program, args, options, (error, stdout, stderr) => {
      const lines = `${error ? `${stderr}` : ""}${stdout}`.trim().split("\n");
      const last = error?.killed ? "no answer within 60 s" : lines.at(-1);
      resolve({ ok: !error, last });
    }),
  );
}

async function kernel() {
  if (!pythonTools.isInPlace() || !fs.existsSync(kernelMain))
    return { ok: false, found: "not started, the set-up is not complete", mend: "npm run setup" };
  const probe = path.join(__dirname, "kernel_probe.py");
  const { ok, last } = await lastLine(venvPython, [probe]);
  if (ok) return { ok, found: last };
  return { ok, found: `does not answer (${last})`, mend: "GLASSBOX_DEBUG=1 npm run lab" };
}

function engine(name, load) {
  return async () => {
    const code = `
      const tf = await import("@tensorflow/tfjs");
      await import(${JSON.stringify(load)});
      await tf.setBackend(${JSON.stringify(name)});
      const product = tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0];
      if (tf.getBackend() !== ${JSON.stringify(name)} || product !== 11) process.exit(1);
      console.log("computes, TensorFlow.js " + tf.version_core);`;
    const { ok, last } = await lastLine(process.execPath, ["--input-type=module", "-e", code]);
    return {
      ok,
      found: ok ? last : `does not load (${last})`,
      ...(ok ? {} : { mend: "npm run setup" }),
    };
  };
}

const installed = ENGINES.filter(([, name]) => fs.existsSync(path.join(modules, name)));

exports.examinations = [
  { name: "kernel", look: kernel },
  ...installed.map(([name, load]) => ({ name: `engine ${name}`, look: engine(name, load) })),
];
