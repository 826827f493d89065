/** What a check counted, as `.cache/results/NAME.json`; `.ci/run` sums these. */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { readJson, writeWhole } = require("../project/files.cjs");
const { results } = require("../project/paths.cjs");

const fileOf = (name) => path.join(results, `${name.replaceAll(" ", "-")}.json`);

function keepResult(name, passed, failed) {
  writeWhole(fileOf(name), `${JSON.stringify({ name, passed, failed })}\n`);
}

/** The result that a check has left, or undefined when it left none, or none that can be read. */
function readResult(name) {
  const result = readJson(fileOf(name));
  return Number.isInteger(result?.passed) && Number.isInteger(result?.failed) ? result : undefined;
}

function allResults() {
  if (!fs.existsSync(results)) return [];
  const names = fs.readdirSync(results).filter((file) => file.endsWith(".json"));
  return names.map((file) => readResult(file.slice(0, -".json".length))).filter(Boolean);
}

module.exports = { allResults, fileOf, keepResult, readResult };
