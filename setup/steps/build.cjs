/**
 * `dist` from `src` and `datasets`, by tsc, when a source has changed since.
 *
 * tsc builds incrementally but trusts that its output is still there, and it leaves the output of deleted
 * sources, which cells could then still import. Both are seen to here.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { expectFolder, filesBelow, hash, readText, writeWhole } = require("../project/files.cjs");
const { noteChild } = require("../project/lock.cjs");
const { dist, modules, root } = require("../project/paths.cjs");
const { run } = require("../process/child.cjs");
const { again, diskFull, Failure, notWritable } = require("../terminal/failure.cjs");

const name = "build";
const FOLDERS = ["src", "datasets"];
const SETTINGS = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"];
const stampFile = path.join(dist, ".glassbox");
const memory = path.join(dist, ".tsbuildinfo");

const sources = () =>
  FOLDERS.flatMap((folder) => filesBelow(path.join(root, folder))).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".d.ts"),
  );

/** dist/src/core/errors.js for src/core/errors.ts */
const outputOf = (source) => path.join(dist, path.relative(root, source)).replace(/\.ts$/, ".js");

/** Changes when a source is edited, added or removed, or when a setting changes. */
function fingerprint() {
  const look = (file) => {
    const { mtimeMs, size } = fs.statSync(file);
    return `${path.relative(root, file)} ${mtimeMs} ${size}`;
  };
  return hash(
    [...sources(), ...SETTINGS.map((file) => path.join(root, file))].map(look).join("\n"),
  );
}

function isInPlace() {
  expectFolder(dist);
  return (
    readText(stampFile) === fingerprint() && sources().every((s) => fs.existsSync(outputOf(s)))
  );
}

async function build() {
  const before = fingerprint();
  removeStale();
  const complete = sources().every((source) => fs.existsSync(outputOf(source)));
  if (!complete) fs.rmSync(memory, { force: true });
  const tsc = path.join(modules, "typescript", "bin", "tsc");
  const args = [tsc, "-p", path.join(root, "tsconfig.build.json"), "--pretty", "false"];
  const { code, output } = await run(process.execPath, args, {
    onStart: noteChild,
    log: "tsc.log",
  });
  if (code !== 0) throw refusal(output);
  writeWhole(stampFile, before);
  return `${sources().length} files`;
}

/** Removes what no source stands behind any more. */
function removeStale() {
  const wanted = new Set(sources().map((source) => outputOf(source)));
  for (const folder of FOLDERS) {
    for (const file of filesBelow(path.join(dist, folder))) {
      const script = file.replace(/(\.d\.ts|\.js\.map)$/, ".js");
      if (script.endsWith(".js") && !wanted.has(script)) fs.rmSync(file);
    }
    removeEmptyFolders(path.join(dist, folder));
  }
}

function removeEmptyFolders(folder) {
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmptyFolders(path.join(folder, entry.name));
  if (fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
}

function refusal(output) {
  const errors = output.split("\n").filter((line) => /error TS\d+:/.test(line));
  if (/ENOSPC|EDQUOT|no space left/i.test(output)) return new Failure(diskFull(dist));
  if (/TS5033|EROFS|EACCES/.test(output)) return new Failure(notWritable(dist));
  if (errors.length === 0)
    return new Failure(
      `tsc failed (${output.split("\n")[0]}): run npm run build to see it, then ${again()} again.`,
    );
  const others = errors.length > 1 ? ` and ${errors.length - 1} more` : "";
  return new Failure(
    `The sources do not compile, ${errors[0]}${others}: mend that (npm run build shows all), then run ${again()} again.`,
  );
}

module.exports = { name, isInPlace, run: build };
