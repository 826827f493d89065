/** vitest, with its own output on the terminal and its counts in `.cache/results`. */
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const { environment } = require("../project/environment.cjs");
const { makeFolder, readJson } = require("../project/files.cjs");
const { modules, root, state } = require("../project/paths.cjs");
const { killGroup } = require("../process/child.cjs");
const { whenStopped } = require("../process/stop.cjs");
const { keepResult } = require("./result.cjs");

/** Runs the tests that `args` name, or all; keeps the counts under `name`; resolves to whether all passed. */
async function unitTests(args, name = "unit tests") {
  makeFolder(state);
  const counts = path.join(state, `counts-${process.pid}.json`);
  const vitest = path.join(modules, "vitest", "vitest.mjs");
  const reporters = ["default", path.join(__dirname, "count-reporter.mjs")];
  const flags = reporters.map((reporter) => `--reporter=${reporter}`);
  const child = spawn(process.execPath, [vitest, "run", ...flags, ...args], {
    cwd: root,
    env: { ...environment(), GLASSBOX_COUNTS: counts },
    stdio: "inherit",
    detached: true,
  });
  const forget = whenStopped(() => killGroup(child.pid, "SIGKILL"));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  forget();
  const { passed, failed } = readJson(counts) ?? { passed: 0, failed: 0 };
  fs.rmSync(counts, { force: true });
  // No test file found, or vitest itself broke: red without a count.
  keepResult(name, passed, code === 0 ? failed : Math.max(failed, 1));
  return code === 0;
}

module.exports = { unitTests };
