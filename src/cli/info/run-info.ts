/**
 * What lies in the folder of a run: from its checkpoint's card, its run.json and its losses.
 *
 * Source:  this project
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { DataError } from "../../core/errors.ts";
import { TOKENIZER_FILE, openSavedTokenizer } from "../../data/text-tokenizer.ts";
import { parameterCount, type GptConfig, type ParameterCount } from "../../models/gpt.ts";
import { CharacterTokenizer } from "../../text/characters.ts";
import { checkpointPath, hasCheckpoint, loadCard } from "../../train/checkpoint.ts";
import type { TrainConfig } from "../../train/config.ts";
import type { EvaluationEvent } from "../../train/events.ts";
import { readLosses, type Loss } from "../train/loss-file.ts";
import { hasRun, readRun, runPath, type RunFile } from "../train/run-file.ts";

/** A run. */
export interface RunInfo {
  /** Updates done; 0: there is no checkpoint yet. */
  readonly step: number;
  readonly config: GptConfig;
  readonly parameters: ParameterCount;
  readonly training: TrainConfig;
  /** Where the command began it: its preset, text, tokenizer and engine. */
  readonly run: Pick<RunFile, "preset" | "data" | "text" | "tokenizer" | "engine"> | undefined;
  /** Of the tokenizer.json beside it. */
  readonly tokenizer: TokenizerInfo | undefined;
  /** The last evaluation, and the one with the lowest held-out loss. */
  readonly evaluations: { readonly last?: EvaluationEvent; readonly best?: EvaluationEvent };
  /** Every loss that was kept, up to the checkpoint. */
  readonly losses: readonly Loss[];
  /** Bytes of each file. */
  readonly files: Readonly<Record<string, number>>;
}

/** A tokenizer that was saved. */
export interface TokenizerInfo {
  readonly kind: "characters" | "byte pairs";
  readonly vocabulary: number;
}

/** Reads all of it but the weights. Throws `DataError` for a folder without a run, and for files that are damaged. */
export async function runInfo(directory: string): Promise<RunInfo> {
  const card = (await hasCheckpoint(directory)) ? await loadCard(directory) : undefined;
  const run = hasRun(directory) ? readRun(directory) : undefined;
  if (card === undefined && run === undefined) {
    throw new DataError(
      `${directory}: expected the folder of a run, got neither ${checkpointPath(directory)} nor ${runPath(directory)}; name a folder that glassbox train has written, or a safetensors file`,
    );
  }
  const tokenizer = tokenizerInfo(directory);
  const config = card?.config ?? {
    ...run!.settings.model,
    vocabulary: (tokenizer ?? openSavedTokenizer(directory)).vocabulary,
  };
  const step = card?.step ?? 0;
  const losses = readLosses(directory, { upTo: step });
  const heldOut = losses.flatMap((each) => (each.type === "evaluation" ? [each] : []));
  const [best] = [...heldOut].sort((a, b) => a.validationLoss - b.validationLoss);
  return {
    step,
    config,
    parameters: parameterCount(config),
    training: card?.training ?? run!.settings.training,
    run: run && about(run),
    tokenizer,
    evaluations: { last: heldOut.at(-1), best },
    losses,
    files: filesOf(directory),
  };
}

function tokenizerInfo(directory: string): TokenizerInfo | undefined {
  if (!existsSync(join(directory, TOKENIZER_FILE))) return undefined;
  const saved = openSavedTokenizer(directory);
  const kind = saved instanceof CharacterTokenizer ? "characters" : "byte pairs";
  return { kind, vocabulary: saved.vocabulary };
}

/** Without its settings: those of the checkpoint are the ones that count. */
function about({ preset, data, text, tokenizer, engine }: RunFile): RunInfo["run"] {
  return { preset, data, text, tokenizer, engine };
}

function filesOf(directory: string): Record<string, number> {
  const files = readdirSync(directory).flatMap((name) => {
    const stats = statSync(join(directory, name), { throwIfNoEntry: false });
    return stats?.isFile() === true ? [[name, stats.size] as const] : [];
  });
  return Object.fromEntries(files);
}
