/**
 * One named check of `.ci/run`: node setup/checks/slow-check.cjs NAME MINUTES PROGRAM ARGUMENTS …
 *
 * The check leaves its counts as { name, passed, failed } in `.cache/results`. One that crashes, runs out of time or
 * leaves nothing counts as one failure, and the checks after it run all the same.
 */
"use strict";

const { spawn } = require("node:child_process");

const { environment } = require("../project/environment.cjs");
const { root, venvPython } = require("../project/paths.cjs");
const { listenForStop, whenStopped } = require("../process/stop.cjs");
const { bornAt, family } = require("../process/table.cjs");
const { duration, green, print, red } = require("../terminal/progress.cjs");
const { allResults, keepResult } = require("./result.cjs");

const count = (results) => results.reduce((sum, { failed }) => sum + failed, 0);

async function slowCheck(name, minutes, [program, ...args]) {
  print(`\n── ${name}`);
  const start = performance.now();
  const before = allResults();
  const complaint =
    (await runFor(minutes, program === "python" ? venvPython : program, args)) ?? "";
  const after = allResults();
  const failures = count(after) - count(before);
  if (complaint ? failures === 0 : after.length === before.length) keepResult(name, 0, 1);
  const ok = !complaint && failures === 0 && after.length > before.length;
  const why = complaint || (failures > 0 ? `${failures} failed` : ok ? "" : "left no result");
  const time = duration(performance.now() - start);
  print(`── ${ok ? green("✓") : red("✗")} ${name}, ${time}${why && `: ${why}`}`);
}

/** Resolves to what went wrong, or to undefined. */
async function runFor(minutes, program, args) {
  const child = spawn(program, args, { cwd: root, env: environment(), stdio: "inherit" });
  const endAll = () => {
    for (const { pid, born } of family(child.pid))
      if (bornAt(pid) === born) process.kill(pid, "SIGKILL");
  };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endAll();
  }, minutes * 60_000);
  const forget = whenStopped(endAll);
  const status = await new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(code ?? signal));
  });
  clearTimeout(timer);
  forget();
  if (late) return `no end after ${minutes} minutes`;
  return status === 0 ? undefined : `ended with ${status}`;
}

listenForStop();
const [name, minutes, ...command] = process.argv.slice(2);
void slowCheck(name, Number(minutes), command);
