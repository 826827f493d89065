/**
 * The course's GPT, trained on characters: nanoGPT's settings for a CPU.
 *
 * Layers of attention and feed-forward with a norm before each, no biases, no dropout, head and embedding the same.
 *
 * Axes:    B batch, T positions, C channels, L layers, V different characters
 * Source:  Radford et al. (2019), "Language Models are Unsupervised Multitask Learners", section 2.3;
 *          https://github.com/karpathy/nanoGPT, "I only have a macbook"
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { gptPresets } from "../../models/gpt-presets.ts";
import { Gpt } from "../../models/gpt.ts";
import { AdamW } from "../../ops/adamw.ts";
import { characters, textBatches, type FirstWeight, type Network } from "./network.ts";

const preset = gptPresets["nano-shakespeare"];
const { layers: L, channels: C, context: T } = preset;
const B = 12;
const training = { learningRate: 1e-3, beta1: 0.9, beta2: 0.99, weightDecay: 0.1 };

const blocks = Array.from({ length: L }, (_, layer): readonly FirstWeight[] => {
  const matrix = (name: string, rows: number, columns: number): FirstWeight => ({
    name: `blocks.${layer}.${name}.weight`,
    shape: [rows, columns],
    start: 0.02,
  });
  const gain = (name: string): FirstWeight => ({
    name: `blocks.${layer}.${name}.gain`,
    shape: [C],
    start: "ones",
  });
  return [
    gain("norm1"),
    matrix("attention.qkv", C, 3 * C),
    matrix("attention.out", C, C),
    gain("norm2"),
    matrix("feedForward.up", C, 4 * C),
    matrix("feedForward.down", 4 * C, C),
  ];
}).flat();

/** The GPT of the table. */
export function gpt(): Network {
  const { vocabulary: V } = characters();
  const config = { ...preset, vocabulary: V };
  return {
    name: "gpt",
    title: `GPT of ${L} layers, ${C} channels`,
    config: { model: config, training },
    weights: [
      { name: "tokens", shape: [V, C], start: 0.02 },
      { name: "positions", shape: [T, C], start: 0.02 },
      ...blocks,
      { name: "norm.gain", shape: [C], start: "ones" },
    ],
    batches: () => textBatches([B, T], 64),
    build: (weights) => {
      const model = new Gpt(config, { seed: 1 });
      const all = Object.values(model.variables);
      for (const [path, variable] of Object.entries(model.variables)) {
        variable.assign(weights[path] as tf.Variable);
      }
      const { learningRate: rate, ...rest } = training;
      const optimizer = new AdamW(all, { rate, ...rest });
      return (x, y) => {
        const loss = (): tf.Scalar => model.loss(x as tf.Tensor2D, y as tf.Tensor2D);
        const { value, grads } = tf.variableGrads(loss, all);
        optimizer.apply(grads);
        return value;
      };
    },
  };
}
