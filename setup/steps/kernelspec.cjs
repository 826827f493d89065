/**
 * The file by which Jupyter finds our kernel, in `.venv` and nowhere else.
 *
 * The paths in it are whole, because a Jupyter started by a desktop, a hub or a grader has another PATH.
 * The name stays `tslab`, so that every notebook opens under stock tslab too.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
 */
"use strict";

const { readText, writeWhole } = require("../project/files.cjs");
const { kernelMain, kernelspec } = require("../project/paths.cjs");

const name = "kernelspec";

function wanted() {
  const spec = {
    argv: [process.execPath, kernelMain, "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
  return `${JSON.stringify(spec, null, 1)}\n`;
}

/** False when the folder has moved or another Node runs now: the file is then written anew. */
const isInPlace = () => readText(kernelspec) === wanted();

function write() {
  writeWhole(kernelspec, wanted());
  return `TypeScript on Node ${process.versions.node}`;
}

module.exports = { name, isInPlace, run: write };
