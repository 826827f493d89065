/**
 * What follows `glassbox train`: a preset, a text, settings; each word checked before anything is read.
 *
 * Source:  https://clig.dev/#arguments-and-flags
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { engineName, type EngineName } from "../../backend/engine.ts";
import { nearSpellings } from "../../core/spelling.ts";
import type { GptPresetName } from "../../models/gpt-presets.ts";
import { trainPresetNames } from "../../train/presets.ts";
import { readWords, refusal, type Words } from "../terminal/arguments.ts";
import { readPair, readSetting, type Given } from "./settings.ts";

/** The line, word by word; undefined for what was not given. */
export interface CommandLine {
  readonly preset: GptPresetName | undefined;
  readonly data: string | undefined;
  readonly tokenizer: string | undefined;
  readonly engine: EngineName | undefined;
  readonly out: string | undefined;
  readonly resume: boolean;
  readonly json: boolean;
  /** Settings, from --set, --steps and --seed. */
  readonly given: readonly Given[];
}

/** Reads the line. Throws `ConfigError` for words that are unknown, missing or contradict one another. */
export function readCommandLine(argv: string[]): CommandLine {
  const words = readWords(argv, "train", {
    one: ["data", "tokenizer", "steps", "seed", "engine", "out"],
    many: ["set"],
    flags: ["resume", "json"],
  });
  const resume = words.has("resume");
  // Several pairs may follow one --set.
  const pairs = words.files.filter((word) => word.includes("="));
  const others = words.files.filter((word) => !word.includes("="));
  const [first, ...more] = others;
  if (more.length > 0) {
    throw refusal("train", `expected one PRESET, got ${others.join(" ")}; a text follows --data`);
  }
  if (pairs.length > 0 && words.all("set").length === 0) {
    throw refusal("train", `expected --set before ${pairs[0]}`);
  }
  const engine = words.option("engine");
  const line: CommandLine = {
    preset: first === undefined ? undefined : presetName(first),
    data: words.option("data"),
    tokenizer: words.option("tokenizer"),
    engine: engine === undefined ? undefined : engineName("glassbox train --engine", engine),
    out: words.option("out"),
    resume,
    json: words.has("json"),
    given: givenSettings(words, pairs),
  };
  if (resume && line.out !== undefined) return line; // the run in that folder knows the rest
  if (line.preset === undefined) {
    throw refusal("train", `expected a PRESET, got none; there are ${trainPresetNames.join(", ")}`);
  }
  if (line.data === undefined) {
    throw refusal("train", "expected --data FILE or the name of a data set, got none");
  }
  return line;
}

/** The name of a preset. Throws `ConfigError`, with near spellings, for another. */
export function presetName(text: string): GptPresetName {
  const found = trainPresetNames.find((name) => name === text);
  if (found !== undefined) return found;
  const near = nearSpellings(text, trainPresetNames);
  const help =
    near.length > 0
      ? `did you mean ${near.join(" or ")}?`
      : `there are ${trainPresetNames.join(", ")}`;
  throw refusal("train", `expected the name of a preset, got "${text}"; ${help}`);
}

function givenSettings(words: Words, pairs: readonly string[]): Given[] {
  const given = [...words.all("set"), ...pairs].map(readPair);
  for (const key of ["steps", "seed"]) {
    const text = words.option(key);
    if (text !== undefined) given.push(readSetting(key, { option: `--${key}`, text }));
  }
  const twice = given.find(([key], i) => given.some(([other], j) => j < i && other === key));
  if (twice === undefined) return given;
  const [key] = twice;
  const values = given.filter(([other]) => other === key).map(([, value]) => String(value));
  throw refusal("train", `expected ${key} once, got it as ${values.join(" and as ")}`);
}
