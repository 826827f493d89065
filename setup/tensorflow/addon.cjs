/**
 * The addon of `@tensorflow/tfjs-node`, compiled from the package's own two sources against the libraries.
 *
 * It uses Node's stable interface (Node-API, version 8), so one file serves every Node that runs this project.
 * It lies in the cache beside the libraries and finds them from there; node_modules has links to it, which `npm ci`
 * removes and the next set-up makes again at once.
 *
 * Source: https://nodejs.org/docs/latest-v20.x/api/n-api.html#node-api-version-matrix
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { filesBelow, hash, isInside, makeFolder } = require("../project/files.cjs");
const { modules, root } = require("../project/paths.cjs");
const { compile, inputs } = require("./compile.cjs");
const { folderName, isWhole } = require("./libraries.cjs");
const { besides, take } = require("./work-folder.cjs");

/** Where the package looks for its addon. */
const place = path.join(modules, "@tensorflow", "tfjs-node", "lib", "napi-v8");
const NAMES = ["tf_quiet.node", "tfjs_binding.node"];

/** Another name for other sources, headers or flags. */
function addonName() {
  const files = [...filesBelow(inputs.folder), ...inputs.files];
  return `addon-${hash(files.map((file) => fs.readFileSync(file, "utf8")).join("\0")).slice(0, 12)}`;
}

/** Do the links lead to an addon of today's sources and version, with its libraries beside it? */
function isLinked() {
  const files = NAMES.map((name) => path.join(place, name));
  if (!files.every((file) => fs.existsSync(file))) return false;
  const end = path.join(folderName, addonName());
  const folders = files.map((file) => path.dirname(fs.realpathSync(file)));
  return folders.every((folder) => folder.endsWith(end) && isWhole(path.dirname(folder)));
}

const hasBoth = (folder) => NAMES.every((name) => fs.existsSync(path.join(folder, name)));

/** Compiles the addon into the folder of the libraries, unless it is there; says what compiled it. */
async function makeAddon(folder, report) {
  const wanted = path.join(folder, addonName());
  if (hasAddon(folder)) return "from the cache";
  return besides(wanted, async (work) => {
    fs.mkdirSync(work);
    const compiler = await compile({ from: folder, to: work, report });
    take(work, wanted, hasBoth);
    return `compiled by ${compiler}`;
  });
}

/** Makes the links: relative ones inside the project, which may then move. */
function link(folder) {
  const addon = path.join(folder, addonName());
  const inside = isInside(root, addon);
  makeFolder(place);
  for (const name of NAMES) {
    const target = path.join(addon, name);
    fs.rmSync(path.join(place, name), { force: true });
    const text = inside ? path.relative(fs.realpathSync(place), target) : target;
    fs.symlinkSync(text, path.join(place, name));
  }
}

function unlink() {
  for (const name of NAMES) fs.rmSync(path.join(place, name), { force: true });
}

const hasAddon = (folder) => hasBoth(path.join(folder, addonName()));

/** Removes the addon from the cache. */
const forgetAddon = (folder) =>
  fs.rmSync(path.join(folder, addonName()), { recursive: true, force: true });

module.exports = { forgetAddon, hasAddon, isLinked, link, makeAddon, place, unlink };
