/**
 * The environment of every process we start: caches and Jupyter's folders inside the project.
 *
 * npm and pip keep downloads in `.cache`, or in GLASSBOX_CACHE, unless the reader chose a place for
 * them. Jupyter's folders always are the project's, so that nothing of the reader's own Jupyter changes
 * and nothing of it changes the course.
 */
"use strict";

const os = require("node:os");
const path = require("node:path");

const { cache, jupyter, venv, venvBin } = require("./paths.cjs");

/** `npm run` always sets npm_config_cache; only a value other than npm's default was chosen by somebody. */
function chosenNpmCache() {
  const chosen = process.env.npm_config_cache ?? process.env.NPM_CONFIG_CACHE;
  return chosen === path.join(os.homedir(), ".npm") ? undefined : chosen;
}

/** The folder for downloads. */
function downloads() {
  return process.env.GLASSBOX_CACHE ? path.resolve(process.env.GLASSBOX_CACHE) : cache;
}

/** A copy of this process's environment with those places, and `.venv/bin` first on the PATH. */
function environment() {
  const env = {
    ...process.env,
    PATH: [venvBin, process.env.PATH].filter(Boolean).join(path.delimiter),
    VIRTUAL_ENV: venv,
    npm_config_cache: chosenNpmCache() ?? path.join(downloads(), "npm"),
    npm_config_update_notifier: "false",
    PIP_CACHE_DIR: process.env.PIP_CACHE_DIR ?? path.join(downloads(), "pip"),
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_NO_INPUT: "1",
    // A pip.conf with `user = true` would make every install into a venv fail.
    PIP_USER: "0",
    JUPYTER_CONFIG_DIR: path.join(jupyter, "config"),
    JUPYTER_DATA_DIR: path.join(jupyter, "data"),
    JUPYTER_RUNTIME_DIR: path.join(jupyter, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: path.join(jupyter, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: path.join(jupyter, "workspaces"),
    IPYTHONDIR: path.join(jupyter, "ipython"),
    // Kernelspecs and settings of `.venv` come before those of the machine.
    JUPYTER_PREFER_ENV_PATH: "1",
  };
  // These two point a Python, ours included, at another Python's packages.
  delete env.PYTHONHOME;
  delete env.PYTHONPATH;
  return env;
}

module.exports = { downloads, environment };
