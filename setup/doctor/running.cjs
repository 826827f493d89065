/** What runs: the kernel, asked as JupyterLab would ask it. */
"use strict";

const { execFile } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const { environment } = require("../project/environment.cjs");
const { kernelMain, root, venvPython } = require("../project/paths.cjs");
const pythonTools = require("../steps/python-tools.cjs");

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

exports.examinations = [{ name: "kernel", look: kernel }];
