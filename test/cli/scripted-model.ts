import * as tf from "@tensorflow/tfjs";

import { saveTokenizer, type TextTokenizer } from "../../src/data/text-tokenizer.ts";
import { Gpt } from "../../src/models/gpt.ts";
import { AdamW } from "../../src/ops/adamw.ts";
import { makeCheckpointFolder, saveCheckpoint } from "../../src/train/checkpoint.ts";
import { smallTraining } from "../train/small-run.ts";

/**
 * Saves a model that writes a script: after position t comes id t of it, whatever was read; elsewhere any token is as likely.
 *
 * Blocks of zeros add nothing, each token is an axis of its own, and the vector of a position points along the axis of
 * the id that it is to bring.
 */
export async function saveScripted(
  directory: string,
  { tokenizer, script }: { readonly tokenizer: TextTokenizer; readonly script: readonly number[] },
): Promise<void> {
  const V = tokenizer.vocabulary;
  const C = V + 1; // the last axis belongs to no token
  const model = new Gpt(
    {
      vocabulary: V,
      context: script.length,
      layers: 1,
      heads: 1,
      channels: C,
      positions: "learned",
      norm: "before",
      activation: "gelu",
      bias: false,
      dropout: 0,
      deviation: 0.1,
    },
    { seed: 1 },
  );
  const optimizer = new AdamW(Object.values(model.variables), { rate: 1 });
  tf.tidy(() => {
    for (const [path, variable] of Object.entries(model.variables)) {
      if (path.startsWith("blocks")) variable.assign(tf.zerosLike(variable));
    }
    model.variables["tokens"]!.assign(tf.eye(V, C));
    const axes = tf.oneHot(tf.tensor1d([...script], "int32"), C);
    model.variables["positions"]!.assign(tf.mul(axes, 100));
    // Scaled so that the logit of the script's token is far above all others.
    model.variables["norm.gain"]!.assign(tf.fill([C], 10));
  });
  await makeCheckpointFolder(directory);
  await saveCheckpoint(directory, {
    model,
    optimizer,
    card: {
      config: model.config,
      training: smallTraining,
      step: 1,
      position: 0,
      firstLoss: 1,
      corpus: "0".repeat(64),
    },
  });
  saveTokenizer(directory, tokenizer);
  optimizer.dispose();
  model.dispose();
}
