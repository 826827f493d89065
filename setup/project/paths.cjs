/** Where things are: all of them inside the project's folder. */
"use strict";

const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const inRoot = (...parts) => path.join(root, ...parts);

module.exports = {
  root,
  modules: inRoot("node_modules"),
  dist: inRoot("dist"),
  venv: inRoot(".venv"),
  venvBin: inRoot(".venv", "bin"),
  venvPython: inRoot(".venv", "bin", "python"),
  cache: inRoot(".cache"),
  /** Locks, logs and marks of the set-up itself. */
  state: inRoot(".cache", "setup"),
  jupyter: inRoot(".cache", "jupyter"),
  results: inRoot(".cache", "results"),
  requirements: inRoot("setup", "requirements.txt"),
  kernelspec: inRoot(".venv", "share", "jupyter", "kernels", "tslab", "kernel.json"),
  kernelMain: inRoot("dist", "src", "kernel", "main.js"),
  firstNotebook: "notebooks/00-start.ipynb",
  /** A path as the reader would type it in the project's folder. */
  shown: (file) => path.relative(root, file) || root,
};
