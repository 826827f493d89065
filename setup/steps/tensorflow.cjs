/**
 * The engine `tensorflow`: TensorFlow's libraries, and the addon by which Node calls them.
 *
 * The project runs without it, on the engine `wasm`, so nothing here ends a set-up: where the engine cannot be
 * had, the reason is said, and kept where `src/backend` finds it. `npm run setup` then tries again; the other
 * commands, which are run more often, do not. Whoever sets GLASSBOX_ENGINE to another engine is spared all of it.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { writeWhole } = require("../project/files.cjs");
const { again, LeftOut, sentence } = require("../terminal/failure.cjs");
const {
  forgetAddon,
  hasAddon,
  isLinked,
  link,
  makeAddon,
  place,
  unlink,
} = require("../tensorflow/addon.cjs");
const { libraries } = require("../tensorflow/libraries.cjs");
const { prove } = require("../tensorflow/proof.cjs");
const { version } = require("../tensorflow/wheels.cjs");

const name = "TensorFlow";
const whyNot = path.join(place, "why-not.txt");

const isWanted = () => ["", "tensorflow", undefined].includes(process.env.GLASSBOX_ENGINE);
const isAskedFor = () => path.basename(process.argv[1] ?? "") === "setup.cjs";

function isInPlace() {
  return !isWanted() || isLinked() || (fs.existsSync(whyNot) && !isAskedFor());
}

async function install(report) {
  try {
    const note = await make(report);
    fs.rmSync(whyNot, { force: true });
    return `${version}, ${note}`;
  } catch (error) {
    if (process.env.GLASSBOX_DEBUG) process.stderr.write(`${error.stack}\n`);
    const reason = sentence(error).replaceAll(again(), "npm run setup").replace(/\.?$/, ".");
    writeWhole(whyNot, `${reason}\n`);
    throw new LeftOut(`left out, wasm computes instead: ${reason}`);
  }
}

async function make(report) {
  const folder = await libraries(report);
  const wasThere = hasAddon(folder);
  try {
    return await makeAndProve(folder, report);
  } catch (error) {
    if (!wasThere) throw error;
    // Damaged, or made on a machine that shares the cache and has another C library.
    forgetAddon(folder);
    return makeAndProve(folder, report);
  }
}

async function makeAndProve(folder, report) {
  const note = await makeAddon(folder, report);
  link(folder);
  report("trying it");
  try {
    const said = await prove(version);
    return said === "" ? note : `${note}; it is not silent: ${said.split("\n")[0]}`;
  } catch (error) {
    unlink();
    throw error;
  }
}

module.exports = { name, isInPlace, run: install };
