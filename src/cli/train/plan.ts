/**
 * Which run a line asks for: a new one, or one that goes on; what contradicts itself is refused here.
 *
 * Source:  this project
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { existsSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";

import { ConfigError, DataError } from "../../core/errors.ts";
import { textNames } from "../../data/text-file.ts";
import { publishedNames } from "../../text/published.ts";
import { expectTrainConfig, reportSettings, type TrainConfig } from "../../train/config.ts";
import { trainPresets } from "../../train/presets.ts";
import type { CommandLine } from "./command-line.ts";
import { hasRun, readRun, runPath, type RunFile } from "./run-file.ts";
import { changed, type Settings } from "./settings.ts";

/** What shall run. */
export interface Plan {
  readonly preset: string;
  /** A path as it was typed, or the name of a data set. */
  readonly data: string;
  /** "characters", a published name, or a path as it was typed. */
  readonly tokenizer: string;
  readonly settings: Settings;
  readonly directory: string;
  /** The run that it goes on with. */
  readonly earlier: RunFile | undefined;
}

/**
 * The plan of a line.
 *
 * Throws `ConfigError` for settings out of range, for a folder that has a run already, and for a `--resume` beside
 * anything that differs from the run; `DataError` for a `--resume` where there is no run.
 */
export function planOf(line: CommandLine): Plan {
  const directory = line.out ?? defaultFolder(line);
  const hasCheckpoint = existsSync(join(directory, "checkpoint.safetensors"));
  if (line.resume && (hasRun(directory) || hasCheckpoint)) return resumed(directory, line);
  if (line.preset === undefined || line.data === undefined) {
    throw new DataError(
      `${directory}: expected a run to go on with, got no ${runPath(directory)}; look at its name, or begin one with a PRESET and --data`,
    );
  }
  if (hasCheckpoint) {
    throw new ConfigError(
      `glassbox train: expected a folder without a run, got ${directory}, which has one; go on with it by --resume, or name another by --out`,
    );
  }
  const { model, training, tokenizer } = trainPresets[line.preset];
  const settings = changed({ model, training }, line.given);
  expectSettings(settings);
  return {
    preset: line.preset,
    data: line.data,
    tokenizer: line.tokenizer ?? tokenizer,
    settings,
    directory,
    earlier: undefined,
  };
}

function resumed(directory: string, line: CommandLine): Plan {
  const run = readRun(directory);
  const { preset, data, tokenizer, settings } = run;
  const differing = [
    { name: "PRESET", was: preset, is: line.preset },
    {
      name: "--tokenizer",
      was: tokenizer,
      is: line.tokenizer && placed({ data, tokenizer: line.tokenizer }).tokenizer,
    },
    ...line.given
      .filter(([key]) => !reportSettings.includes(key as keyof TrainConfig))
      .map(([key, is]) => ({ name: key, was: valueOf(settings, key), is })),
  ].find(({ was, is }) => is !== undefined && is !== was);
  if (differing !== undefined) {
    const { name, was, is } = differing;
    const why = name === "steps" ? "; the rate of every step depends on their number" : "";
    throw new ConfigError(
      `glassbox train --resume: expected ${name} ${String(was)}, with which the run in ${directory} began, got ${String(is)}${why}; leave it out, or begin another run in another folder (--out)`,
    );
  }
  const now = changed(settings, line.given);
  expectSettings(now);
  // A text that has moved is known by its content, which is compared when it is read.
  return { preset, data: line.data ?? data, tokenizer, settings: now, directory, earlier: run };
}

function valueOf({ model, training }: Settings, key: string): unknown {
  return ({ ...model, ...training } as Record<string, unknown>)[key];
}

/** What no key by itself can know. */
function expectSettings({ model, training }: Settings): void {
  const { heads, channels } = model;
  if (channels % heads !== 0) {
    throw new ConfigError(
      `glassbox train: expected heads that divide the ${channels} channels, got ${heads}; each head gets an equal part of them`,
    );
  }
  expectTrainConfig(training);
}

/** "runs/nano-shakespeare-moby-dick": the same line finds it again. */
function defaultFolder({ preset, data, tokenizer }: CommandLine): string {
  const nameOf = (path: string): string =>
    basename(path, extname(path)).replaceAll(/[^\p{L}\p{N}._-]+/gu, "-");
  const parts = [preset!, nameOf(data!), ...(tokenizer === undefined ? [] : [nameOf(tokenizer)])];
  return join("runs", parts.join("-"));
}

/** What a text or a tokenizer is called wherever the command is run: a name, or the whole path. */
export function placed({ data, tokenizer }: Pick<Plan, "data" | "tokenizer">): {
  readonly data: string;
  readonly tokenizer: string;
} {
  const [texts, tokenizers] = [textNames, ["characters", ...publishedNames]];
  return {
    data: texts.includes(data) ? data : resolve(data),
    tokenizer: tokenizers.includes(tokenizer) ? tokenizer : resolve(tokenizer),
  };
}
