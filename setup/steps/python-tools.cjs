/**
 * `.venv` with JupyterLab, nbclient, nbgrader and the rest, as setup/requirements.txt pins them.
 *
 * The stamp inside says for which list, folder and Python it was finished. An environment that was finished once
 * is brought up to a new list; one that was not, or that has moved, is made anew.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { environment } = require("../project/environment.cjs");
const { expectFolder, hash, readJson, readText, writeWhole } = require("../project/files.cjs");
const { noteChild } = require("../project/lock.cjs");
const { requirements, root, venv, venvPython } = require("../project/paths.cjs");
const { run } = require("../process/child.cjs");
const { findPython } = require("./python.cjs");
const { refuse } = require("./refusal.cjs");
const { mendScripts } = require("./script-headers.cjs");

const name = "Python tools";
const stampFile = path.join(venv, "glassbox.json");
const LOG = "pip.log";

/** Stands for a finished environment: the list it was made from, and the folder that its files name. */
const stamp = () => ({ list: hash(readText(requirements) ?? ""), folder: root });

/** Finished here once, and its Python still runs from where it did. */
function isUsable() {
  expectFolder(venv);
  return readJson(stampFile)?.folder === root && fs.existsSync(venvPython);
}

function isInPlace() {
  return isUsable() && readJson(stampFile).list === stamp().list;
}

async function install(report) {
  if (!isUsable()) await makeEnvironment(report);
  fs.rmSync(stampFile, { force: true });
  const total = await installList(report);
  mendScripts();
  writeWhole(stampFile, JSON.stringify(stamp()));
  return `${total} packages`;
}

async function makeEnvironment(report) {
  const python = await findPython();
  report(`new environment, Python ${python.version}`);
  fs.rmSync(venv, { recursive: true, force: true });
  await must(python.command, ["-m", "venv", venv], {});
  // JupyterLab brings scripts for Node that our own package.json would make ES modules of.
  writeWhole(path.join(venv, "package.json"), '{ "type": "commonjs" }\n');
}

/** pip says "Collecting" once a package, then installs them all in silence: there the folders are counted. */
async function installList(report) {
  const wanted = readText(requirements).split("\n");
  const total = wanted.filter((line) => /^\w/.test(line) && !line.includes("<")).length;
  let collected = 0;
  let counting;
  const onLine = (line) => {
    if (/^(Collecting|Requirement already satisfied)/.test(line))
      report(`${Math.min(++collected, total)} of ${total} packages`);
    if (line.startsWith("Installing collected"))
      counting = setInterval(
        () => report(`installing ${Math.min(countInstalled(), total)} of ${total}`),
        300,
      );
  };
  try {
    const args = ["-m", "pip", "install", "--progress-bar=off", "--no-color", "-r", requirements];
    await must(venvPython, args, { onLine });
  } finally {
    clearInterval(counting);
  }
  return total;
}

function countInstalled() {
  const lib = path.join(venv, "lib");
  const [python] = fs.readdirSync(lib);
  const names = fs.readdirSync(path.join(lib, python, "site-packages"));
  return names.filter((each) => each.endsWith(".dist-info")).length;
}

async function must(program, args, options) {
  const env = environment();
  env.PIP_RETRIES ??= "2";
  const result = await run(program, args, { ...options, env, onStart: noteChild, log: LOG });
  if (result.code !== 0) throw refuse("pip", result.output, LOG, venv);
}

module.exports = { name, isInPlace, isUsable, run: install };
