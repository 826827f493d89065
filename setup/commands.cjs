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

/** Every command that is built, by name; other files of the folder only help one. */
async function commands() {
  if (!fs.existsSync(folder)) return new Map();
  const found = new Map();
  for (const file of fs
    .readdirSync(folder)
    .filter((each) => each.endsWith(".js"))
    .sort()) {
    const module = await import(pathToFileURL(path.join(folder, file)).href);
    if (typeof module.run === "function") found.set(path.basename(file, ".js"), module);
  }
  return found;
}

async function runCommand([name, ...args]) {
  if (name === undefined || ["help", "--help", "-h"].includes(name)) return help();
  // Needs nothing built, and says so when something built is broken.
  if (name === "doctor") return require("./doctor/doctor.cjs").doctor(args);
  const all = await commands();
  if (all.has(name)) return all.get(name).run(args);
  const names = ["doctor", ...all.keys()].join(", ");
  const hint = all.size === 0 ? "; npm run setup builds the others" : "";
  throw new Failure(
    `glassbox has no command "${name}": there are ${names}${hint} (glassbox --help).`,
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
