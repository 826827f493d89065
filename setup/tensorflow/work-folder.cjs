/**
 * A folder to work in, beside the one that is wanted: what is finished there is renamed, the rest removed.
 *
 * Its name holds the machine and the process, so that set-ups of several clones, which may share the folder for
 * downloads, do not meet; what a killed one left is removed by the next.
 */
"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const { whenStopped } = require("../process/stop.cjs");
const { isAlive } = require("../process/table.cjs");
const { makeFolder } = require("../project/files.cjs");

/** Runs `work(folder)`, where the folder does not exist yet and will not afterwards. */
async function besides(wanted, work) {
  makeFolder(path.dirname(wanted));
  removeAbandoned(wanted);
  const folder = `${wanted}.${os.hostname()}.${process.pid}.tmp`;
  // Tens of thousands of files, some of them: removed while other things go on.
  const remove = () => fs.promises.rm(folder, { recursive: true, force: true });
  const forget = whenStopped(remove);
  try {
    return await work(folder);
  } finally {
    await remove();
    forget();
  }
}

function removeAbandoned(wanted) {
  const begin = `${path.basename(wanted)}.${os.hostname()}.`;
  const parent = path.dirname(wanted);
  for (const name of fs.readdirSync(parent)) {
    const pid = name.startsWith(begin) && Number(name.slice(begin.length).replace(/\.tmp$/, ""));
    if (pid && !isAlive(pid)) fs.rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}

/** Gives finished work its name; a folder of that name stays if it is whole, for another clone was quicker. */
function take(folder, wanted, isWhole) {
  if (!isWhole(wanted)) fs.rmSync(wanted, { recursive: true, force: true });
  try {
    fs.renameSync(folder, wanted);
  } catch (error) {
    if (!isWhole(wanted)) throw error;
  }
}

module.exports = { besides, take };
