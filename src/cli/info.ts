/**
 * `glassbox info`: what lies in the folder of a run, or in any file of tensors.
 *
 * Source:  https://github.com/huggingface/safetensors, README, "Format"
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { statSync } from "node:fs";
import { basename } from "node:path";

import { DataError } from "../core/errors.ts";
import { readSafetensorsHeader } from "../core/safetensors.ts";
import { tensorInfo, tensorText } from "./info/tensor-info.ts";
import { onlyFile, readWords } from "./terminal/arguments.ts";
import { exitStatus, type Terminal } from "./terminal/terminal.ts";

/** One line for the list of commands. */
export const summary = "what a trained model or a file of tensors holds";

const USAGE = `glassbox info DIR     a run: model, parameters by part, training, losses so far, text, tokenizer
glassbox info FILE    a safetensors file of any program: its tensors and what is written beside them
--json: the same for programs.
`;

/** Runs the command with what follows `info` on its line; resolves with the exit status. */
export async function run(argv: string[], { stdout, stderr }: Terminal = process): Promise<number> {
  return exitStatus({ stdout, stderr }, async () => {
    if (argv.includes("--help") || argv.includes("-h")) {
      stdout.write(USAGE);
      return 0;
    }
    const words = readWords(argv, "info", { flags: ["json"] });
    const path = onlyFile(words, "info");
    const { info, text } = isFolder(path) ? await ofFolder(path) : await ofFile(path);
    stdout.write(words.has("json") ? `${JSON.stringify(info)}\n` : text);
    return 0;
  });
}

/** What is found, for a program and for a reader. */
interface Found {
  readonly info: object;
  readonly text: string;
}

async function ofFolder(path: string): Promise<Found> {
  // It counts parameters, and loads TensorFlow.js for that; a file of tensors does without.
  const [{ runInfo }, { runText }] = await Promise.all([
    import("./info/run-info.ts"),
    import("./info/run-text.ts"),
  ]);
  const info = await runInfo(path);
  return { info, text: runText(path, info) };
}

async function ofFile(path: string): Promise<Found> {
  const info = tensorInfo(await readSafetensorsHeader(path), { bytes: statSync(path).size });
  return { info, text: tensorText(basename(path), info) };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(
      `${path}: expected the folder of a run or a safetensors file, got "${reason}"; look at its spelling`,
      { cause },
    );
  }
}
