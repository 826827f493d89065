/**
 * One set-up at a time in one folder.
 *
 * The lock is a file that names its holder and the program that the holder is running. A holder that
 * died without letting go may have left that program at work (`kill -9` in the middle of `npm ci`): it is ended
 * before the next set-up starts, else two of them would write the same folder.
 */
"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");

const { killGroup } = require("../process/child.cjs");
const { whenStopped } = require("../process/stop.cjs");
const { bornAt } = require("../process/table.cjs");
const { makeFolder, readJson, readText, writeWhole } = require("./files.cjs");
const { state } = require("./paths.cjs");

const file = path.join(state, "lock");
const POLL_MS = 250;
/** A holder on another machine (a shared folder) cannot be asked; it must touch its lock this often. */
const TOUCH_MS = 5_000;
const FOREIGN_STALE_MS = 60_000;

const name = (pid) => ({ pid, born: bornAt(pid) });
const lives = (who) => Boolean(who) && who.born !== "" && bornAt(who.pid) === who.born;

/** Runs `work` alone; `onWait(pid)` is called once when another set-up has to end first. */
async function alone(work, onWait) {
  makeFolder(state);
  for (let told = false; !take(); await sleep(POLL_MS)) {
    const text = readText(file);
    const holder = readJson(file);
    if (text === undefined) continue;
    if (isStale(holder)) await evict(holder, text);
    else if (!told) {
      onWait(holder?.pid);
      told = true;
    }
  }
  const touching = setInterval(touch, TOUCH_MS);
  const letGo = () => {
    clearInterval(touching);
    fs.rmSync(file, { force: true });
  };
  const forget = whenStopped(letGo);
  try {
    return await work();
  } finally {
    forget();
    letGo();
  }
}

/** Says to other machines that we live. */
function touch() {
  if (fs.existsSync(file)) fs.utimesSync(file, new Date(), new Date());
}

/** "wx" fails when the file exists: of two that try at once, one gets it. */
function take() {
  try {
    const self = { host: os.hostname(), ...name(process.pid) };
    fs.writeFileSync(file, JSON.stringify(self), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function isStale(holder) {
  if (holder?.host === os.hostname()) return !lives(holder);
  // Another machine's, or one that is just being written or was cut off by a full disk.
  const touched = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - touched > (holder ? FOREIGN_STALE_MS : TOUCH_MS);
}

/** Takes a dead holder's lock away, unless another waiter did so meanwhile. */
async function evict(holder, text) {
  while (holder?.host === os.hostname() && lives(holder.child)) {
    killGroup(holder.child.pid, "SIGKILL");
    await sleep(50);
  }
  const aside = `${file}.${process.pid}.stale`;
  try {
    fs.renameSync(file, aside);
    // Another waiter was quicker, and this is its new lock: put it back.
    if (readText(aside) !== text && !fs.existsSync(file)) fs.renameSync(aside, file);
    fs.rmSync(aside, { force: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}

/** Notes in our lock which program is at work for us. */
function noteChild(pid) {
  writeWhole(file, JSON.stringify({ host: os.hostname(), ...name(process.pid), child: name(pid) }));
}

module.exports = { alone, noteChild };
