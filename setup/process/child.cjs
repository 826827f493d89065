/** Runs a program to its end, line by line, and ends it with us. */
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");

const { environment } = require("../project/environment.cjs");
const { makeFolder } = require("../project/files.cjs");
const { root, state } = require("../project/paths.cjs");
const { whenStopped } = require("./stop.cjs");

/** How long a process may take to end by itself after SIGTERM. */
const GRACE_MS = 3_000;

/**
 * Resolves to { code, output } when the program has ended; never rejects on an exit code. `onLine` sees each
 * line, `log` names the file below `.cache/setup` that keeps them, `onStart` gets the process number.
 */
async function run(program, args, { log, onLine, onStart, env = environment() }) {
  const child = spawn(program, args, {
    cwd: root,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const forget = whenStopped((inAHurry) => end(child, inAHurry));
  const lines = [];
  const heard = (line) => {
    lines.push(line);
    onLine?.(line);
    if (process.env.GLASSBOX_DEBUG) process.stderr.write(`${line}\n`);
  };
  const streams = [child.stdout, child.stderr].map(async (stream) => {
    for await (const line of readline.createInterface({ input: stream })) heard(line);
  });
  try {
    if (child.pid) onStart?.(child.pid);
    const code = await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (status, signal) => resolve(status ?? `killed by ${signal}`));
    });
    await Promise.all(streams);
    if (log) keepLog(log, lines);
    return { code, output: lines.join("\n") };
  } finally {
    forget();
  }
}

function keepLog(name, lines) {
  makeFolder(state);
  fs.writeFileSync(path.join(state, name), `${lines.join("\n")}\n`);
}

/** Ends a child and its group: politely, then for sure. */
async function end(child, inAHurry) {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  killGroup(child.pid, inAHurry ? "SIGKILL" : "SIGTERM");
  const timer = setTimeout(() => killGroup(child.pid, "SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(timer);
}

/** Signals a whole process group; one that is gone needs no signal. */
function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

module.exports = { killGroup, run };
