/** vitest, with its own output on the terminal and its counts in `.cache/results`. */
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const { environment } = require("../project/environment.cjs");
const { readJson } = require("../project/files.cjs");
const { cache, modules, root } = require("../project/paths.cjs");
const { killGroup } = require("../process/child.cjs");
const { whenStopped } = require("../process/stop.cjs");
const { keepResult } = require("./result.cjs");

/** Runs the tests that `args` name, or all; keeps the counts under `name`; resolves to whether all passed. */
async function unitTests(args, name = "unit tests") {
  const report = path.join(cache, `vitest-${process.pid}.json`);
  const vitest = path.join(modules, "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, "run", ...reporters, ...args], {
    cwd: root,
    env: environment(),
    stdio: "inherit",
    detached: true,
  });
  const forget = whenStopped(() => killGroup(child.pid, "SIGKILL"));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  forget();
  const { passed, failed } = count(readJson(report), code);
  fs.rmSync(report, { force: true });
  keepResult(name, passed, failed);
  return code === 0;
}

/** Tests, and each file that broke before its first test; a run that failed otherwise counts as one. */
function count(report, code) {
  const passed = report?.numPassedTests ?? 0;
  const broken = (report?.testResults ?? []).filter(
    (file) => file.status === "failed" && file.assertionResults.every((t) => t.status !== "failed"),
  );
  const failed = (report?.numFailedTests ?? 0) + broken.length;
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

module.exports = { unitTests };
