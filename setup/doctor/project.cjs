/** What the set-up has put in place: npm packages, Python tools, build, kernelspec. */
"use strict";

const { readJson, readText } = require("../project/files.cjs");
const { kernelspec, requirements, venvPython } = require("../project/paths.cjs");
const build = require("../steps/build.cjs");
const kernelspecStep = require("../steps/kernelspec.cjs");
const npmPackages = require("../steps/npm-packages.cjs");
const pythonTools = require("../steps/python-tools.cjs");
const { ask } = require("./machine.cjs");

const MEND = "npm run setup";
/** The tools that a reader would ask for by name. */
const TOOLS = ["jupyterlab", "nbclient", "nbgrader", "jupyter_kernel_test"];

async function packages() {
  if (npmPackages.isInPlace()) return { ok: true, found: "as package-lock.json says" };
  return { ok: false, found: "not what package-lock.json says", mend: MEND };
}

/** Asks the environment itself for the versions, so that a damaged one is seen. */
async function tools() {
  const found = pythonTools.isInPlace()
    ? `as ${readText(requirements) ? "setup/requirements.txt" : "no list"} says`
    : "missing, unfinished or of another list";
  if (!pythonTools.isInPlace()) return { ok: false, found, mend: MEND };
  const question = `from importlib.metadata import version as v; print(", ".join(n + " " + v(n) for n in ${JSON.stringify(TOOLS)}))`;
  const versions = await ask(venvPython, ["-c", question]);
  if (versions) return { ok: true, found: versions };
  return { ok: false, found: "damaged", mend: `rm -r .venv && ${MEND}` };
}

async function isBuilt() {
  if (build.isInPlace()) return { ok: true, found: "newer than every source" };
  return { ok: false, found: "missing, or older than src", mend: MEND };
}

async function spec() {
  const command = readJson(kernelspec)?.argv?.slice(0, 2).join(" ");
  if (kernelspecStep.isInPlace()) return { ok: true, found: command };
  const found = command ? `for another Node or folder (${command})` : "missing";
  return { ok: false, found, mend: MEND };
}

exports.examinations = [
  { name: "npm packages", look: packages },
  { name: "Python tools", look: tools },
  { name: "build", look: isBuilt },
  { name: "kernelspec", look: spec },
];
