/**
 * Who lives, whose child, since when: from /proc on Linux, from `ps` elsewhere.
 *
 * A process number alone may have gone to another process since it was noted; number and birth together
 * name one process for good.
 *
 * Source: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
"use strict";

const { execFileSync } = require("node:child_process");
const fs = require("node:fs");

const hasProc = fs.existsSync("/proc/self/stat");

/** { command, state, parent, born } of a process, or undefined when there is none. */
function look(pid) {
  try {
    if (!hasProc) return lookWithPs(pid);
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command stands in parentheses and may itself hold some, and spaces.
    const rest = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const command = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
    return { command, state: rest[0], parent: Number(rest[1]), born: rest[19] };
  } catch {
    return undefined; // gone between being noticed and being read
  }
}

function lookWithPs(pid) {
  const ps = (column) =>
    execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { stdio: "pipe" })
      .toString()
      .trim();
  return {
    command: ps("comm"),
    state: ps("state")[0],
    parent: Number(ps("ppid")),
    born: ps("lstart"),
  };
}

/** A zombie has ended, though its number is still taken. */
const isAlive = (pid) => !["Z", "X", undefined].includes(look(pid)?.state);
const bornAt = (pid) => look(pid)?.born ?? "";
const parentOf = (pid) => look(pid)?.parent;
const commandOf = (pid) => look(pid)?.command ?? "";

function everyPid() {
  if (hasProc) return fs.readdirSync("/proc").map(Number).filter(Boolean);
  return execFileSync("ps", ["-axo", "pid="]).toString().trim().split(/\s+/).map(Number);
}

/** The process itself, its children, their children …, as { pid, born }. */
function family(pid) {
  const parents = new Map(everyPid().map((each) => [each, parentOf(each)]));
  const members = [pid];
  for (const member of members)
    for (const [child, parent] of parents) if (parent === member) members.push(child);
  return members.map((member) => ({ pid: member, born: bornAt(member) }));
}

module.exports = { bornAt, commandOf, family, isAlive, parentOf };
