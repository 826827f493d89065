/**
 * Which Node runs this project, and the one sentence that any other Node gets.
 *
 * This file and the four entry files (setup.cjs, lab.cjs, test.cjs, bin/glassbox.cjs) are ES5, so that
 * a Node of ten years ago can read them as far as the sentence. Everything else is required after it.
 */
"use strict";

/** The range that the pinned packages ask for: vitest, vite and eslint leave out the odd versions. */
function isSupported(version) {
  var numbers = version.replace(/^v/, "").split(".");
  var major = Number(numbers[0]);
  var minor = Number(numbers[1]);
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 13;
  return major >= 24;
}

/** True on a Node that will do; on any other prints the sentence and leaves exit code 1. */
exports.nodeWillDo = function () {
  if (isSupported(process.version)) return true;
  // Built line by line: a call over several lines would get a comma that old Nodes refuse.
  var sentence = "Node " + process.version.replace(/^v/, "") + " cannot run this course: ";
  sentence += "install Node 24 or 22 (20.19 will do) from https://nodejs.org, ";
  sentence += "then run the same command again.";
  console.error(sentence);
  process.exitCode = 1;
  return false;
};

exports.isSupported = isSupported;
