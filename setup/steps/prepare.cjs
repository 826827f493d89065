/** The set-up: five steps, each skipped when its work is in place, each able to go on after a try that was cut off. */
"use strict";

const path = require("node:path");

const { alone } = require("../project/lock.cjs");
const { makeFolder } = require("../project/files.cjs");
const { jupyter, root } = require("../project/paths.cjs");
const { whenStopped } = require("../process/stop.cjs");
const { Failure } = require("../terminal/failure.cjs");
const { done, print, step } = require("../terminal/progress.cjs");
const { findPython } = require("./python.cjs");
const pythonTools = require("./python-tools.cjs");

const STEPS = [
  require("./npm-packages.cjs"),
  pythonTools,
  require("./build.cjs"),
  require("./kernelspec.cjs"),
  // The longest one, and the only one that may fail, comes last.
  require("./tensorflow.cjs"),
];

/** Sets up what is missing; quick, and without a lock, when nothing is. */
async function prepare() {
  const start = performance.now();
  refuseColon();
  const missing = STEPS.filter((each) => !each.isInPlace());
  if (missing.length > 0) {
    const forget = whenStopped(() => print("\n  Stopped; the next run goes on from here."));
    await alone(setUp, sayWaiting);
    forget();
  }
  // IPython complains where the folder above its own is missing.
  makeFolder(jupyter);
  if (missing.length === 0) done("set-up", "everything in place", performance.now() - start);
}

async function setUp() {
  // A missing Python is said before npm has downloaded anything.
  if (!pythonTools.isUsable()) await findPython();
  for (const each of STEPS) {
    if (each.isInPlace()) done(each.name, "in place");
    else await step(each.name, each.run);
  }
}

function sayWaiting(pid) {
  print(`  Another set-up (process ${pid}) is at work in this folder; waiting for it to end.`);
}

function refuseColon() {
  if (root.includes(path.delimiter))
    throw new Failure(
      `The folder ${root} has a colon in its name, which the PATH of a system cannot hold: rename it, then run the command again.`,
    );
}

module.exports = { prepare };
