/**
 * One JupyterLab server: started, waited for, ended with all its kernels and terminals.
 *
 * Jupyter starts kernels in sessions of their own, so ending the server's process group would not reach them: the
 * family is noted first, the server is asked to end, and whoever of the family still lives is killed.
 */
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");

const { environment } = require("../project/environment.cjs");
const { makeFolder, readJson } = require("../project/files.cjs");
const { jupyter, root, venvPython } = require("../project/paths.cjs");
const { bornAt, family } = require("../process/table.cjs");

const logFile = path.join(jupyter, "lab.log");
const POLL_MS = 50;
/** The server waits for each kernel to leave before it kills it: give it as long. */
const GRACE_MS = 8_000;

/** Starts the server; its output goes to a log, its standard input is the sign that we live. */
function startServer(args) {
  const env = environment();
  makeFolder(env.JUPYTER_RUNTIME_DIR);
  const log = process.env.GLASSBOX_DEBUG ? "inherit" : fs.openSync(logFile, "w");
  const server = spawn(venvPython, ["-m", "jupyterlab", ...args], {
    cwd: root,
    env,
    detached: true,
    stdio: ["pipe", log, log],
  });
  const ended = new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code, signal) => resolve(code ?? signal));
  });
  return {
    server,
    ended,
    infoFile: path.join(env.JUPYTER_RUNTIME_DIR, `jpserver-${server.pid}.json`),
  };
}

/** What the server says about itself (url, token, port) once it answers; undefined when it ended instead. */
async function whenReady({ ended, infoFile }) {
  let gone = false;
  void ended.finally(() => (gone = true));
  while (!gone) {
    const info = readJson(infoFile);
    if (info && (await answers(`${info.url}api`))) return info;
    await sleep(POLL_MS);
  }
  return undefined;
}

async function answers(url) {
  try {
    return (await fetch(url)).status < 500;
  } catch {
    return false; // not listening yet
  }
}

/** Ends the server and everything it started; nothing lives when this resolves. */
async function endServer({ server, ended }, inAHurry) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const members = family(server.pid);
  if (!inAHurry) {
    server.kill("SIGTERM");
    await Promise.race([ended, sleep(GRACE_MS)]);
  }
  for (const { pid, born } of members) if (bornAt(pid) === born) kill(pid);
  await ended;
}

function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** The last lines of the server's log that say something. */
function lastWords() {
  const lines = fs.readFileSync(logFile, "utf8").trim().split("\n");
  return lines.filter((line) => /\[[CE] |Error|error/.test(line)).at(-1) ?? lines.at(-1);
}

module.exports = { endServer, lastWords, logFile, startServer, whenReady };
