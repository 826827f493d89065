/**
 * Ctrl-C, a closed terminal, `kill`: whatever was started is ended before this process is.
 *
 * Children live in process groups of their own, so a signal of the terminal reaches only us and we end
 * them in order. `npm run` puts a shell between npm and us that dies without passing signals on; so we also
 * watch that npm lives.
 *
 * Source: https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap11.html (11.1.4, signals of a terminal)
 */
"use strict";

const os = require("node:os");

const { commandOf, isAlive, parentOf } = require("./table.cjs");

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const WATCH_MS = 500;

const endings = new Set();
let stopping = false;

/** Runs `ending(inAHurry)` when this process is told to stop; returns the way to forget it. */
function whenStopped(ending) {
  endings.add(ending);
  return () => endings.delete(ending);
}

function listenForStop() {
  for (const signal of SIGNALS) process.on(signal, () => void stop(os.constants.signals[signal]));
  watchNpm();
}

/** The last started is ended first; a second signal ends without waiting for good manners. */
async function stop(signalNumber) {
  const inAHurry = stopping;
  stopping = true;
  for (const ending of [...endings].reverse()) await ending(inAHurry);
  process.exit(128 + signalNumber);
}

/** Is this process on its way out? An error of a child that we ended is no news then. */
function isStopping() {
  return stopping;
}

function watchNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const npm = /^(npm|node)/.test(commandOf(parent)) ? parent : parentOf(parent);
  if (!npm || npm === 1) return;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    void stop(os.constants.signals.SIGTERM);
  }, WATCH_MS);
  timer.unref();
}

module.exports = { SIGNALS, isStopping, listenForStop, whenStopped };
