/** Files written whole or not at all, and folders that say so when a file stands in their place. */
"use strict";

const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const { again, Failure } = require("../terminal/failure.cjs");

/** Makes a folder with its parents; a file in its place is a Failure that names that file. */
function makeFolder(folder) {
  expectFolder(folder);
  if (fs.existsSync(folder)) return;
  // One by one: Node's own `recursive` says ENOENT where the truth is a read-only parent.
  makeFolder(path.dirname(folder));
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if (error.code !== "EEXIST") throw error; // somebody else made it meanwhile
  }
}

/** Refuses a path at which, or above which, something stands that is no folder. */
function expectFolder(folder) {
  const parent = path.dirname(folder);
  if (parent !== folder) expectFolder(parent);
  const found = fs.statSync(folder, { throwIfNoEntry: false });
  if (found && !found.isDirectory())
    throw new Failure(
      `${folder} is a file where a folder should be: rename or remove it, then run ${again()} again.`,
    );
}

/** Writes beside the file and renames, so that a reader sees the old text or the new one. */
function writeWhole(file, text) {
  makeFolder(path.dirname(file));
  const beside = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(beside, text);
    fs.renameSync(beside, file);
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw error;
  }
}

/** The text of a file, or undefined where there is none. */
function readText(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** The JSON in a file, or undefined where there is none or where it was cut off. */
function readJson(file) {
  const text = readText(file);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hash(text) {
  return crypto.createHash("sha256").update(text).digest("hex");
}

/** Every file below a folder, sorted; none when the folder does not exist. */
function filesBelow(folder) {
  const found = fs.statSync(folder, { throwIfNoEntry: false });
  if (!found) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Does a path lie in a folder, or below? */
function isInside(folder, file) {
  const way = path.relative(folder, file);
  return way.split(path.sep)[0] !== ".." && !path.isAbsolute(way);
}

module.exports = {
  expectFolder,
  filesBelow,
  hash,
  isInside,
  makeFolder,
  readJson,
  readText,
  writeWhole,
};
