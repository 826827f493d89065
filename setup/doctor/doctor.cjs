/**
 * `glassbox doctor`: looks at everything the course stands on and says, for each thing, what was found or why not
 * and the one command that mends it. `--json` says the same to a program.
 *
 * It changes nothing and needs nothing installed.
 */
"use strict";

const { Failure } = require("../terminal/failure.cjs");
const { dim, green, print, red } = require("../terminal/progress.cjs");

const EXAMINATIONS = [
  ...require("./machine.cjs").examinations,
  ...require("./project.cjs").examinations,
  ...require("./running.cjs").examinations,
  ...require("./engines.cjs").examinations,
];

/**
 * Each examination is { name, look } and `look()` resolves to { ok, found, mend }: ok is true, false, or null where
 * nothing is wrong and nothing is there (no GPU); found is a phrase; mend is a command or undefined.
 */
async function doctor(args) {
  const unknown = args.find((arg) => !["--json", "--help", "-h"].includes(arg));
  if (unknown) throw new Failure(`glassbox doctor takes --json alone, got ${unknown}.`);
  if (args.includes("--help") || args.includes("-h")) {
    print("glassbox doctor [--json]   what was found, and what mends the rest; changes nothing");
    return 0;
  }
  const json = args.includes("--json");
  const report = [];
  for (const { name, look } of EXAMINATIONS) {
    const result = { name, ...(await examine(look)) };
    report.push(result);
    if (!json) show(result);
  }
  const ok = report.every((result) => result.ok !== false);
  if (json) print(JSON.stringify({ ok, checks: report }, null, 2));
  else print(ok ? "\n  All is well." : "\n  Do what the arrows say, from the top.");
  return ok ? 0 : 1;
}

/** An examination that breaks down has found something too. */
async function examine(look) {
  try {
    const { ok, found, mend } = await look();
    return { ok, found, ...(mend === undefined ? {} : { mend }) };
  } catch (error) {
    return { ok: false, found: `could not be examined: ${error.message.split("\n")[0]}` };
  }
}

/** Letters of the longest name. */
const WIDTH = 17;

function show({ name, ok, found, mend }) {
  const mark = ok === null ? dim("–") : ok ? green("✓") : red("✗");
  print(`  ${mark} ${name.padEnd(WIDTH)} ${found}`);
  if (mend) print(`    ${" ".repeat(WIDTH)} → ${mend}`);
}

module.exports = { doctor };
