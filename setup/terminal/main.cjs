/** Runs a command to its end: its exit code, or one sentence on stderr and exit code 1. */
"use strict";

const { Failure, sentence } = require("./failure.cjs");
const { leaveLiveLine } = require("./progress.cjs");
const { isStopping, listenForStop } = require("../process/stop.cjs");

/** `work` resolves to an exit code, or to nothing for 0. */
async function main(work) {
  process.stdout.on("error", outputLost);
  process.on("uncaughtException", fail);
  listenForStop();
  try {
    if (process.platform === "win32")
      throw new Failure(
        "On Windows the course runs in WSL (https://learn.microsoft.com/windows/wsl/install): open the project's folder there and run the same command.",
      );
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    fail(error);
  }
}

function fail(error) {
  if (isStopping()) return; // what we end ourselves may well complain
  leaveLiveLine();
  process.stderr.write(`${sentence(error)}\n`);
  if (process.env.GLASSBOX_DEBUG) process.stderr.write(`${error?.stack}\n`);
  process.exit(1);
}

/** A closed pipe (`| head`) ends the command quietly; a full disk behind `>` gets its sentence. */
function outputLost(error) {
  if (error.code !== "EPIPE")
    process.stderr.write(
      `The output could not be written (${error.code}): free some space where it goes, or leave it on the terminal.\n`,
    );
  process.exit(1);
}

module.exports = { main };
