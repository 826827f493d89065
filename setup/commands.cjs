/**
 * `glassbox NAME …`: the doctor, and every command that is a file of src/cli.
 *
 * A command is a built file dist/src/cli/NAME.js with `summary`, one line, and `run(argv)`, which resolves to the
 * exit code. A new file there is a new command; nothing is registered.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const { dist } = require("./project/paths.cjs");
const { Failure } = require("./terminal/failure.cjs");
const { print } = require("./terminal/progress.cjs");

const folder = path.join(dist, "src", "cli");
const DOCTOR = "what was found on this machine, and what mends the rest";

/** The names of the commands that are built. */
function built() {
  if (!fs.existsSync(folder)) return [];
  const files = fs.readdirSync(folder).filter((file) => /^[a-z][a-z-]*\.js$/.test(file));
  return files.map((file) => path.basename(file, ".js"));
}

async function load(name) {
  const module = await import(pathToFileURL(path.join(folder, `${name}.js`)).href);
  return typeof module.run === "function" ? module : undefined;
}

async function runCommand([name, ...args]) {
  if (name === undefined || ["help", "--help", "-h"].includes(name)) return help();
  if (name === "doctor") return require("./doctor/doctor.cjs").doctor(args);
  const command = built().includes(name) ? await load(name) : undefined;
  if (command) return command.run(args);
  throw new Failure(unknown(name));
}

function unknown(name) {
  const names = ["doctor", ...built()].join(", ");
  const hint = built().length === 0 ? "; npm run setup builds the others" : "";
  return `glassbox has no command "${name}": there are ${names}${hint} (glassbox --help).`;
}

async function help() {
  print("glassbox COMMAND [arguments]\n");
  print(`  ${"doctor".padEnd(12)} ${DOCTOR}`);
  for (const name of built()) {
    const command = await load(name);
    if (command) print(`  ${name.padEnd(12)} ${command.summary}`);
  }
  if (built().length === 0) print("\nnpm run setup builds the other commands.");
  else print("\nEach command explains itself with --help.");
}

module.exports = { runCommand };
