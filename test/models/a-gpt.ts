import * as tf from "@tensorflow/tfjs";

import { Gpt, type GptConfig } from "../../src/models/gpt.ts";

/** Every kind of position, norm and bias that there is. */
export const kinds: readonly [GptConfig["positions"], GptConfig["norm"], boolean][] = (
  ["learned", "sinusoids", "rotary"] as const
).flatMap((positions) =>
  (["before", "after"] as const).flatMap((norm) =>
    [true, false].map((bias): [GptConfig["positions"], GptConfig["norm"], boolean] => [
      positions,
      norm,
      bias,
    ]),
  ),
);

/** A small GPT of 12 positions and 11 tokens, every weight of it random, also those that begin as zeros or ones. */
export function aGpt(config: Partial<GptConfig> = {}): Gpt {
  const model = new Gpt(
    {
      vocabulary: 11,
      context: 12,
      layers: 2,
      heads: 2,
      channels: 16,
      positions: "learned",
      norm: "before",
      activation: "gelu",
      bias: false,
      dropout: 0,
      deviation: 0.5,
      ...config,
    },
    { seed: 1 },
  );
  Object.values(model.variables).forEach((variable, place) => {
    tf.tidy(() =>
      variable.assign(
        tf.add(variable, tf.randomNormal(variable.shape, 0, 0.3, "float32", place + 1)),
      ),
    );
  });
  return model;
}
