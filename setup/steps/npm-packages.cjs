/**
 * node_modules as package-lock.json says, by `npm ci`.
 *
 * npm notes what it has installed in node_modules/.package-lock.json; when that agrees with
 * package-lock.json there is nothing to do, whoever ran npm.
 *
 * Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#hidden-lockfiles
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { environment } = require("../project/environment.cjs");
const { expectFolder, readJson } = require("../project/files.cjs");
const { noteChild } = require("../project/lock.cjs");
const { modules, root } = require("../project/paths.cjs");
const { run } = require("../process/child.cjs");
const { again, Failure } = require("../terminal/failure.cjs");
const { refuse } = require("./refusal.cjs");
const { isUnfinished, marked } = require("./unfinished.cjs");

const name = "npm packages";
const MARK = "npm-packages";

/** Is this package for the machine we are on? Packages for other systems are optional and left out. */
function isForHere(entry) {
  const allows = (list, here) => !list || list.includes(here) || list[0].startsWith("!");
  return allows(entry.os, process.platform) && allows(entry.cpu, process.arch);
}

function wantedPackages() {
  const { packages } = readJson(path.join(root, "package-lock.json")) ?? {};
  if (!packages)
    throw new Failure(
      `package-lock.json is missing or damaged: restore it (git checkout package-lock.json), then run ${again()} again.`,
    );
  return Object.entries(packages).filter(([where]) => where.startsWith("node_modules/"));
}

function isInPlace() {
  expectFolder(modules);
  if (isUnfinished(MARK)) return false;
  const installed = readJson(path.join(modules, ".package-lock.json"))?.packages;
  if (!installed) return false;
  return wantedPackages().every(([where, wanted]) => {
    const found = installed[where];
    // Some optional packages come only with another system's package, or with another C library.
    if (!found)
      return wanted.optional === true && (!isForHere(wanted) || !wanted.os || wanted.libc);
    if (found.version !== wanted.version || found.integrity !== wanted.integrity) return false;
    return fs.existsSync(path.join(root, where, "package.json"));
  });
}

/** How to start npm: the one that started us, else the one on the PATH. */
function npm() {
  const script = process.env.npm_execpath ?? "";
  return script.endsWith("npm-cli.js") ? [process.execPath, [script]] : ["npm", []];
}

async function install(report) {
  const total = wantedPackages().filter(([, p]) => !p.link && (!p.optional || isForHere(p))).length;
  const [program, first] = npm();
  // --prefer-offline: the lock's hashes say what is right, so what an earlier try downloaded is used unasked.
  const flags = ["--prefer-offline", "--loglevel=http", "--no-progress", "--no-audit", "--no-fund"];
  const env = { ...environment() };
  // npm waits 10 s and then 60 s before it admits that there is no network.
  env.npm_config_fetch_retry_mintimeout ??= "1000";
  env.npm_config_fetch_retry_maxtimeout ??= "5000";
  const fetched = new Set();
  const onLine = (line) => {
    const tarball = /http (?:fetch|cache) \S* ?(?:\d+ )?(\S+\.tgz)/.exec(line)?.[1];
    if (tarball) report(`${fetched.add(tarball).size} of ${total} packages`);
  };
  const options = { env, onLine, onStart: noteChild, log: "npm.log" };
  const { code, output } = await run(program, [...first, "ci", ...flags], options).catch(
    (error) => {
      if (error.code !== "ENOENT") throw error;
      throw new Failure(
        `npm was not found: install Node with its npm from https://nodejs.org, then run ${again()} again.`,
      );
    },
  );
  if (code !== 0) throw refuse("npm", output, "npm.log", root);
  return `${/added (\d+) packages/.exec(output)?.[1] ?? total} packages`;
}

module.exports = { name, isInPlace, run: (report) => marked(MARK, () => install(report)) };
