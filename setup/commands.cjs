/**
 * `glassbox NAME …`: the doctor, and every command that is a file of src/cli.
 *
 * A command is a built file dist/src/cli/NAME.js with `summary`, one line, and `run(argv, terminal)`, which resolves to
 * the exit code. A new file there is a new command; nothing is registered.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const { dist } = require("./project/paths.cjs");
const { Failure } = require("./terminal/failure.cjs");
const { print } = require("./terminal/progress.cjs");
const { SIGNALS, whenStopped } = require("./process/stop.cjs");

const folder = path.join(dist, "src", "cli");
const DOCTOR = "what was found on this machine, and what mends the rest";

/** Where a command writes, and how it hears that it is to end: `Terminal` of src/cli/terminal. */
const terminal = {
  stdout: process.stdout,
  stderr: process.stderr,
  whenStopped: (ending) =>
    whenStopped(() => {
      // One that computes would hear the next signal late: the system ends it.
      for (const signal of SIGNALS) process.removeAllListeners(signal);
      return ending();
    }),
};

/** The names of the files that may be commands. */
function names() {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((each) => each.endsWith(".js"))
    .map((each) => path.basename(each, ".js"))
    .sort();
}

/** The command of a file; undefined for a file that only helps one. */
async function load(name) {
  const module = await import(pathToFileURL(path.join(folder, `${name}.js`)).href);
  return typeof module.run === "function" ? module : undefined;
}

/** Every command that is built, by name. */
async function commands() {
  const found = new Map();
  for (const name of names()) {
    const command = await load(name);
    if (command) found.set(name, command);
  }
  return found;
}

async function runCommand([name, ...args]) {
  if (name === undefined || ["help", "--help", "-h"].includes(name)) return help();
  // Needs nothing built, and says so when something built is broken.
  if (name === "doctor") return require("./doctor/doctor.cjs").doctor(args);
  // No other command is loaded: some take a second.
  const command = names().includes(name) ? await load(name) : undefined;
  if (command) return command.run(args, terminal);
  const all = await commands();
  const known = ["doctor", ...all.keys()].join(", ");
  const hint = all.size === 0 ? "; npm run setup builds the others" : "";
  throw new Failure(
    `glassbox has no command "${name}": there are ${known}${hint} (glassbox --help).`,
  );
}

async function help() {
  const all = await commands();
  print("glassbox COMMAND [arguments]\n");
  print(`  ${"doctor".padEnd(12)} ${DOCTOR}`);
  for (const [name, { summary }] of all) print(`  ${name.padEnd(12)} ${summary}`);
  if (all.size === 0) print("\nnpm run setup builds the other commands.");
  else print("\nEach command explains itself with --help.");
}

module.exports = { runCommand };
