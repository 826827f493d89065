/**
 * Which Python makes `.venv`: the one in GLASSBOX_PYTHON, else the first that will do.
 *
 * It must be 3.10 or newer and able to make an environment with pip in it. Debian and Ubuntu ship that ability
 * apart, so a Python without it is told from no Python at all.
 */
"use strict";

const { execFile } = require("node:child_process");
const fs = require("node:fs");

const { again, Failure } = require("../terminal/failure.cjs");

const OLDEST = 10;
const CANDIDATES = [
  "python3",
  "python",
  ...[13, 12, 11, 10, 14].map((minor) => `python3.${minor}`),
];

// Runs on any Python since 2.7, so that an old one can say how old it is.
const QUESTION = `
import sys
try:
    import venv, ensurepip
    able = 1
except ImportError:
    able = 0
print("%d %d %d %d" % (sys.version_info[:3] + (able,)))
`;

/** { command, version, minor, able } of a candidate, or undefined when it does not run. */
function ask(command) {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, PYTHONHOME: undefined, PYTHONPATH: undefined } };
    execFile(command, ["-c", QUESTION], { ...options, timeout: 20_000 }, (error, stdout) => {
      const answer = /^(\d+) (\d+) (\d+) ([01])/m.exec(error ? "" : stdout);
      if (!answer) return resolve(undefined);
      const [major, minor, patch, able] = answer.slice(1).map(Number);
      const version = `${major}.${minor}.${patch}`;
      resolve({
        command,
        version,
        minor,
        able: able === 1,
        recent: major === 3 && minor >= OLDEST,
      });
    });
  });
}

/** The Python to use; a Failure names every candidate and what was wrong with it. */
async function findPython() {
  const chosen = process.env.GLASSBOX_PYTHON;
  const found = [];
  for (const command of chosen ? [chosen] : CANDIDATES) {
    const python = await ask(command);
    if (python?.recent && python.able) return python;
    if (python) found.push(python);
  }
  const unable = found.find((python) => python.recent);
  if (unable) throw new Failure(withoutVenv(unable));
  if (chosen && found.length === 0)
    throw new Failure(
      `GLASSBOX_PYTHON=${chosen} does not run: give the path of a Python 3.${OLDEST} or newer, then run ${again()} again.`,
    );
  throw new Failure(
    `No Python 3.${OLDEST} or newer was found (${tried(found, chosen)}): install one (${howToInstall()}), or name it with GLASSBOX_PYTHON=/path/to/python3, then run ${again()} again.`,
  );
}

function tried(found, chosen) {
  if (found.length === 0) return `tried ${CANDIDATES.join(", ")}`;
  const versions = found.map(({ command, version }) => `${command} is ${version}`).join(", ");
  return chosen ? `GLASSBOX_PYTHON=${versions}` : versions;
}

const isDebian = () => fs.existsSync("/etc/debian_version");

function howToInstall() {
  if (isDebian()) return "sudo apt install python3-venv";
  return process.platform === "darwin" ? "brew install python" : "https://www.python.org/downloads";
}

function withoutVenv({ command, version, minor }) {
  const remedy = isDebian()
    ? `run sudo apt install python3.${minor}-venv`
    : "install its venv and ensurepip modules";
  return `${command} (Python ${version}) cannot make environments, its module venv or ensurepip is missing: ${remedy}, or name another Python with GLASSBOX_PYTHON=/path/to/python3, then run ${again()} again.`;
}

module.exports = { ask, findPython };
