/** What the machine brings: Node, npm, Python, disk, port, fonts, GPU. */
"use strict";

const { execFile } = require("node:child_process");
const fs = require("node:fs");

const { isSupported } = require("../node-version.cjs");
const { whyNotFree } = require("../lab/port.cjs");
const { environment } = require("../project/environment.cjs");
const { root } = require("../project/paths.cjs");
const { findPython } = require("../steps/python.cjs");

/**
 * A first set-up leaves 830 MB of npm packages, 350 MB of Python tools, 640 MB of TensorFlow and 400 MB of
 * downloads, and needs a little more while it unpacks.
 */
const ROOM_GB = 2.8;
const PORT = 8888;

/** What a program prints, or undefined when it is missing or fails. */
function ask(program, args) {
  const options = { cwd: root, env: environment(), timeout: 20_000 };
  return new Promise((resolve) =>
    execFile(program, args, options, (error, stdout) => resolve(error ? undefined : stdout.trim())),
  );
}

async function node() {
  const found = `${process.version} at ${process.execPath}`;
  return { ok: isSupported(process.version), found };
}

async function npm() {
  const version = await ask("npm", ["--version"]);
  if (version) return { ok: true, found: version };
  return { ok: false, found: "not on the PATH", mend: "install Node with npm, https://nodejs.org" };
}

async function python() {
  try {
    const { command, version } = await findPython();
    return { ok: true, found: `${version} (${command}), makes environments` };
  } catch (error) {
    const [found, mend] = error.message.split(": ");
    return { ok: false, found, mend };
  }
}

async function disk() {
  const { bavail, bsize } = fs.statfsSync(root);
  const free = (bavail * bsize) / 1e9;
  const found = `${free.toFixed(1)} GB free where the project lies`;
  if (free >= ROOM_GB) return { ok: true, found };
  return { ok: false, found, mend: `free some space: a first set-up takes about ${ROOM_GB} GB` };
}

async function port() {
  const code = await whyNotFree(PORT, "localhost");
  if (code === undefined) return { ok: true, found: `${PORT} is free` };
  return { ok: null, found: `${PORT} is taken (${code}); npm run lab takes the next free one` };
}

async function fonts() {
  const list = await ask("fc-list", [":lang=zh", "family"]);
  if (list === undefined)
    return { ok: null, found: "fc-list is not there to ask; charts bring their own letters" };
  const families = new Set(list.split("\n").filter(Boolean));
  if (families.size > 0)
    return { ok: true, found: `${families.size} families with Chinese letters` };
  return { ok: null, found: "none with Chinese letters on the system; charts bring their own" };
}

async function gpu() {
  const cards = await ask("nvidia-smi", [
    "--query-gpu=name,memory.total,driver_version",
    "--format=csv,noheader",
  ]);
  if (cards) return { ok: true, found: cards.split("\n").join("; ") };
  return { ok: null, found: "no NVIDIA card seen (nvidia-smi); none is needed" };
}

exports.examinations = [
  { name: "Node", look: node },
  { name: "npm", look: npm },
  { name: "Python", look: python },
  { name: "disk", look: disk },
  { name: "port", look: port },
  { name: "fonts", look: fonts },
  { name: "GPU", look: gpu },
];
exports.ask = ask;
