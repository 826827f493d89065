/**
 * The proof that the engine works: started by the project's own door, it multiplies.
 *
 * In a process of its own, for a library that does not suit the processor ends the process.
 */
"use strict";

const path = require("node:path");
const { pathToFileURL } = require("node:url");

const { run } = require("../process/child.cjs");
const { environment } = require("../project/environment.cjs");
const { noteChild } = require("../project/lock.cjs");
const { dist } = require("../project/paths.cjs");
const { Failure } = require("../terminal/failure.cjs");

/** (1 2; 3 4)² = (7 10; 15 22) */
const PROGRAM = `
  const { useEngine } = await import(process.argv[1]);
  const tf = await import("@tensorflow/tfjs");
  const { version } = await useEngine("tensorflow");
  const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  console.log(version + ": " + tf.matMul(a, a).dataSync().join());`;

/** Resolves to what the engine said beside the result, "" if all is well; a Failure when it does not compute. */
async function prove(version) {
  const door = pathToFileURL(path.join(dist, "src", "backend", "engine.js")).href;
  const args = ["--input-type=module", "-e", PROGRAM, door];
  // How talkative it is, is for the project to say.
  const env = { ...environment(), TF_CPP_MIN_LOG_LEVEL: undefined };
  const { code, output } = await run(process.execPath, args, { env, onStart: noteChild });
  const right = `${version}: 7,10,15,22`;
  if (code === 0 && output.split("\n").includes(right)) return output.replace(right, "").trim();
  // A processor that lacks an instruction of TensorFlow's ends the process without a word.
  const error = /\w*Error: (.*)/.exec(output)?.[1] ?? output.split("\n").at(-1);
  throw new Failure(`it was built and does not compute here (${error || `its test: ${code}`})`);
}

module.exports = { prove };
