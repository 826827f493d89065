/**
 * One sentence for everything that can go wrong: what, and how to mend it.
 *
 * A `Failure` carries its own sentence. Errors of the file system get theirs here, by code. Anything else
 * is a mistake of ours and says how to see more.
 */
"use strict";

const path = require("node:path");

/** Something expected went wrong; the message is the sentence for the reader. */
class Failure extends Error {}

/** Something that the project can do without could not be had; the message says what and why. */
class LeftOut extends Error {}

/** The command to run again, as the reader typed it. */
function again() {
  const script = process.env.npm_lifecycle_event;
  if (script === "test") return "npm test";
  if (["lab", "setup"].includes(script)) return `npm run ${script}`;
  return `node ${path.relative(process.cwd(), process.argv[1] ?? "")}`;
}

/** The sentence for a full disk; `place` is any path on it. */
function diskFull(place) {
  return `The disk that holds ${place} is full: free some space (a first set-up takes about 2.3 GB), then run ${again()} again; it goes on from there.`;
}

/** The sentence for a place that may not be written. */
function notWritable(place) {
  return `${place} cannot be written (read-only, or another user's): make it writable or copy the project to a folder of your own, then run ${again()} again.`;
}

/** The sentence for any error. */
function sentence(error) {
  if (error instanceof Failure) return error.message;
  const place = error?.dest ?? error?.path ?? process.cwd();
  switch (error?.code) {
    case "ENOSPC":
    case "EDQUOT":
      return diskFull(place);
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return notWritable(place);
    case "EISDIR":
      return `${place} is a folder where a file should be: rename or remove it, then run ${again()} again.`;
    default: {
      const message = error instanceof Error ? error.message : String(error);
      return `Something unexpected happened: ${message.split("\n")[0]} (GLASSBOX_DEBUG=1 ${again()} shows where).`;
    }
  }
}

module.exports = { again, diskFull, Failure, LeftOut, notWritable, sentence };
