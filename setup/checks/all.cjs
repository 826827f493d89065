/**
 * `npm test`: set-up, then the quick checks in the order in which they are cheap, ending at the first that fails.
 *
 * `npm test -- test/plot` hands its arguments to vitest and runs nothing else.
 */
"use strict";

const path = require("node:path");

const { environment } = require("../project/environment.cjs");
const { cache, modules, root } = require("../project/paths.cjs");
const { run } = require("../process/child.cjs");
const { prepare } = require("../steps/prepare.cjs");
const { Failure } = require("../terminal/failure.cjs");
const { print, step } = require("../terminal/progress.cjs");
const { keepResult } = require("./result.cjs");
const { unitTests } = require("./unit-tests.cjs");

const program = (...parts) => path.join(modules, ...parts);
const inCache = (name) => path.join(cache, name);

/** Name, program with its arguments, and how a reader mends what it finds. */
const CHECKS = [
  {
    name: "format",
    program: program("prettier", "bin", "prettier.cjs"),
    args: ["--check", ".", "--cache", `--cache-location=${inCache("prettier")}`],
    remedy: "npm run format mends it",
  },
  {
    name: "lint",
    program: program("eslint", "bin", "eslint.js"),
    args: ["--max-warnings", "0", "."],
    remedy: "npm run lint shows it again",
  },
  {
    name: "types",
    program: program("typescript", "bin", "tsc"),
    args: ["--noEmit", "--incremental", `--tsBuildInfoFile`, inCache("types.tsbuildinfo")],
    remedy: "npm run types shows it again",
  },
];

/** Resolves to the exit code. */
async function checkAll(args) {
  try {
    await prepare();
  } catch (error) {
    keepResult("set-up", 0, 1);
    throw error;
  }
  if (args.length > 0) return (await unitTests(args)) ? 0 : 1;
  for (const check of CHECKS) await step(check.name, () => runCheck(check));
  const start = performance.now();
  const passed = await unitTests([]);
  print(passed ? `  All passed in ${Math.round((performance.now() - start) / 1000)} s.` : "");
  return passed ? 0 : 1;
}

async function runCheck({ name, program, args, remedy }) {
  const { code, output } = await run(process.execPath, [program, ...args], { env: environment() });
  keepResult(name, code === 0 ? 1 : 0, code === 0 ? 0 : 1);
  if (code === 0) return "";
  print(`\n${output.replaceAll(`${root}${path.sep}`, "")}\n`);
  throw new Failure(`${name} found what is shown above: ${remedy}.`);
}

module.exports = { checkAll };
