/**
 * A GPT of a preset as a task: its first weights, and windows of Moby-Dick.
 *
 * Axes:    B windows, T positions
 * Source:  https://github.com/karpathy/nanoGPT, README ("I only have a macbook"), for what is read and how
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { mobyDick } from "../../../datasets/moby-dick/chapters.ts";
import { useEngine, type EngineName } from "../../backend/engine.ts";
import { ConfigError } from "../../core/errors.ts";
import { splitCorpus, type Corpus } from "../../data/split.ts";
import { Windows, type Batch } from "../../data/windows.ts";
import type { GptPresetName } from "../../models/gpt-presets.ts";
import { Gpt, type GptConfig } from "../../models/gpt.ts";
import { CharacterTokenizer } from "../../text/characters.ts";
import { loadPublished } from "../../text/published.ts";
import type { TrainConfig } from "../../train/config.ts";
import { trainPresetNames, trainPresets, type TrainPreset } from "../../train/presets.ts";
import type { Batches, TaskFiles } from "../task-files.ts";

/** What a GPT is trained with unless a preset is named. */
export const DEFAULT_PRESET: GptPresetName = "nano-shakespeare";

/** Windows for so many steps; then they come round. */
const BATCHES = 64;

/** A preset, found, with its text. */
export interface GptWork {
  readonly preset: string;
  readonly model: GptConfig;
  readonly training: TrainConfig;
  readonly corpus: Corpus;
}

/** Reads Moby-Dick as the preset reads its text. Throws `ConfigError` for a preset that there is not. */
export function gptWork(bench: string, preset: string = DEFAULT_PRESET): GptWork {
  const found = (trainPresets as Readonly<Record<string, TrainPreset>>)[preset];
  if (!found) {
    throw new ConfigError(
      `glassbox bench ${bench}: expected a preset, ${trainPresetNames.join(", ")}, got "${preset}"`,
    );
  }
  const text = mobyDick()
    .map((chapter) => chapter.text)
    .join("\n");
  const tokenizer =
    found.tokenizer === "characters" ? new CharacterTokenizer(text) : loadPublished("gpt2");
  const ids = Int32Array.from(tokenizer.encode(text));
  const model = { ...found.model, vocabulary: tokenizer.vocabulary };
  return { preset, model, training: found.training, corpus: splitCorpus(ids) };
}

/** The first weights, drawn by an engine, and batches of the text. */
export async function gptTask(
  { model: config, training, corpus }: GptWork,
  { engine }: { readonly engine: EngineName },
): Promise<TaskFiles> {
  await useEngine(engine);
  const model = new Gpt(config, { seed: training.seed });
  const weights = Object.entries(model.variables).map(([name, variable]) => {
    return { name, shape: variable.shape, numbers: variable.dataSync() as Float32Array };
  });
  model.dispose();
  const { batch, seed } = training;
  const windows = new Windows(corpus.train, { batch, context: config.context, seed });
  const batches = batchesOf(
    Array.from({ length: BATCHES }, () => windows.next()),
    [batch, config.context],
  );
  return { name: "gpt", config: { model: config, training }, weights, batches };
}

/** Windows one behind the other, (B, T) each. */
export function batchesOf(
  all: readonly Batch[],
  shape: readonly [batch: number, context: number],
): Batches {
  const joined = (part: "x" | "y"): Int32Array => {
    const size = shape[0] * shape[1];
    const values = new Int32Array(all.length * size);
    all.forEach((each, place) => values.set(each[part], place * size));
    return values;
  };
  return {
    count: all.length,
    x: { shape, values: joined("x") },
    y: { shape, values: joined("y") },
  };
}
