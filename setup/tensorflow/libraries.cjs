/**
 * TensorFlow's two shared libraries and the headers of its C interface, in the folder for downloads.
 *
 * The wheel that they come in is thrown away, and so are the symbols that only a debugger reads.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { run } = require("../process/child.cjs");
const { downloads } = require("../project/environment.cjs");
const { isInside, readJson, writeWhole } = require("../project/files.cjs");
const { noteChild } = require("../project/lock.cjs");
const { root, shown, venvPython } = require("../project/paths.cjs");
const { Failure } = require("../terminal/failure.cjs");
const { dim, print } = require("../terminal/progress.cjs");
const { headers, version, wheels } = require("./wheels.cjs");
const { besides, take } = require("./work-folder.cjs");

const here = `${process.platform}-${process.arch}`;
const folderName = `tensorflow-${version}-${here}`;
/** Of a finished folder: the size of each library. */
const STAMP = "whole.json";
const NOTICES = "THIRD_PARTY_NOTICES.txt";

const MB = (bytes) => Math.round(bytes / 1e6);

/** The wheel for this machine; a Failure where there is none. */
function wheelForHere() {
  if (!(here in wheels)) throw new Failure(`there is no TensorFlow ${version} for ${here}`);
  if (process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime)
    throw new Failure(
      `there is no TensorFlow ${version} for a Linux with musl, as Alpine's; one with glibc has it`,
    );
  return wheels[here];
}

/** Has the folder all that was put into it? */
function isWhole(folder) {
  const sizes = Object.entries(readJson(path.join(folder, STAMP)) ?? {});
  const size = (file) => fs.statSync(file, { throwIfNoEntry: false })?.size;
  return sizes.length > 0 && sizes.every(([name, n]) => size(path.join(folder, "lib", name)) === n);
}

/** The folder with lib/ and include/, made when it is not there. */
async function libraries(report) {
  const folder = path.join(downloads(), folderName);
  if (isWhole(folder)) return folder;
  const wheel = wheelForHere();
  await besides(folder, async (work) => {
    const part = path.join(downloads(), `${wheel.file}.part`);
    expectRoom(wheel, part);
    const [first, then] = [MB(wheel.bytes), MB(wheel.kept)];
    const where = isInside(root, folder) ? shown(folder) : folder;
    print(dim(`    TensorFlow ${version}: ${first} MB once, then ${then} MB in ${where}`));
    await unpack(wheel, { work, part, report });
    await strip(path.join(work, "lib"), report);
    const size = (name) => fs.statSync(path.join(work, "lib", name)).size;
    const sizes = Object.fromEntries(wheel.libraries.map((name) => [name, size(name)]));
    writeWhole(path.join(work, STAMP), JSON.stringify(sizes));
    take(work, folder, isWhole);
  });
  return folder;
}

function expectRoom(wheel, part) {
  const there = fs.statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  const needed = wheel.bytes - there + wheel.unpacked;
  const { bavail, bsize } = fs.statfsSync(downloads());
  if (bavail * bsize < needed)
    throw new Failure(
      `the disk that holds ${downloads()} has ${MB(bavail * bsize)} MB free and TensorFlow takes ${MB(needed)} MB to unpack: free some space, or name another place with GLASSBOX_CACHE, and run npm run setup`,
    );
}

async function unpack(wheel, { work, part, report }) {
  const { project, file, bytes, sha256 } = wheel;
  const members = [
    ...wheel.libraries.map((name) => [`tensorflow/${name}`, `lib/${name}`]),
    ...headers.map((name) => [`tensorflow/include/${name}`, `include/${name}`]),
    [`tensorflow/${NOTICES}`, NOTICES],
  ];
  const wanted = JSON.stringify({ project, file, bytes, sha256, members });
  const onLine = (line) => {
    const [, verb, done] = /^(fetched|unpacked) (\d+)$/.exec(line) ?? [];
    if (verb === "fetched") report(`${MB(done)} of ${MB(bytes)} MB`);
    if (verb === "unpacked") report(`unpacking ${MB(done)} of ${MB(wheel.unpacked)} MB`);
  };
  report("looking for its wheel");
  const args = ["-B", path.join(__dirname, "wheel.py"), wanted, work, part];
  const options = { onLine, onStart: noteChild, log: "wheel.log" };
  const { code, output } = await run(venvPython, args, options);
  if (code !== 0) throw refusal(output);
}

function refusal(output) {
  const [, refused] = /^refused (.*)$/m.exec(output) ?? [];
  if (refused) return new Failure(refused);
  const [, code, place] = /^errno (\w+) (.*)$/m.exec(output) ?? [];
  if (code) return Object.assign(new Error(`${code}, ${place}`), { code, path: place });
  return new Failure(
    `its wheel could not be unpacked (${output.split("\n").at(-1)}): see .cache/setup/wheel.log`,
  );
}

/** A quarter less on the disk; where there is no `strip` the libraries stay as they are. Apple signs what it would change. */
async function strip(lib, report) {
  if (process.platform !== "linux") return;
  report("removing symbols");
  for (const name of fs.readdirSync(lib)) {
    const args = ["--strip-unneeded", path.join(lib, name)];
    await run("strip", args, { onStart: noteChild }).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
}

module.exports = { folderName, isWhole, libraries };
