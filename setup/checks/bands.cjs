/**
 * One seed of every cheap experiment against its band, for `.ci/run`: node setup/checks/bands.cjs.
 *
 * The seed is none of those that made the bands. A code change that moves a chapter's numbers shows here, before a
 * reader sees ✗ in the chapter.
 */
"use strict";

const path = require("node:path");

const { run } = require("../process/child.cjs");
const { root } = require("../project/paths.cjs");
const { main } = require("../terminal/main.cjs");
const { green, print, red } = require("../terminal/progress.cjs");
const { keepResult } = require("./result.cjs");

const SEED = 1000;
/** Seconds up to which an experiment is cheap. */
const CHEAP = 30;

const glassbox = (...args) =>
  run(process.execPath, [path.join(root, "setup", "bin", "glassbox.cjs"), ...args], {});

/** Resolves to the exit code. */
async function checkBands() {
  const list = await glassbox("measure", "--list", "--json");
  if (list.code !== 0) {
    print(list.output);
    return 1;
  }
  const cheap = JSON.parse(list.output).filter(({ seconds }) => seconds <= CHEAP);
  let failed = 0;
  for (const { name } of cheap) {
    const { code, output } = await glassbox("measure", name, "--seed", String(SEED));
    print(`  ${code === 0 ? green("✓") : red("✗")} ${name}, seed ${SEED}`);
    if (code === 0) continue;
    failed++;
    print(output);
  }
  keepResult("bands", cheap.length - failed, failed);
  return failed === 0 ? 0 : 1;
}

void main(checkBands);
