/**
 * A mark that a step has begun and not ended.
 *
 * Whatever kills the step, power failure included, the mark stays, and the next set-up does not trust what
 * the step left behind, however whole it looks.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { writeWhole } = require("../project/files.cjs");
const { state } = require("../project/paths.cjs");

const mark = (step) => path.join(state, `${step}.unfinished`);

function isUnfinished(step) {
  return fs.existsSync(mark(step));
}

/** Runs `work` with the mark set; only success takes the mark away. */
async function marked(step, work) {
  writeWhole(mark(step), "");
  const result = await work();
  fs.rmSync(mark(step), { force: true });
  return result;
}

module.exports = { isUnfinished, marked };
