/**
 * A small GPT in plain operations, trained on characters: nanoGPT's settings for a CPU.
 *
 * Layers of attention and feed-forward with a norm before each, no biases, no dropout, head and embedding the same.
 *
 * Axes:    B batch, T positions, C channels, H heads, V different characters
 * Source:  Radford et al. (2019), "Language Models are Unsupervised Multitask Learners", section 2.3;
 *          https://github.com/karpathy/nanoGPT, "I only have a macbook"
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { AdamW } from "../../ops/adamw.ts";
import { crossEntropy } from "../../ops/cross-entropy.ts";
import { characters, textBatches, type FirstWeight, type Network } from "./network.ts";

const [L, H, C, T, B] = [4, 4, 128, 64, 12];
const RATE = 1e-3;
const config = { rate: RATE, beta1: 0.9, beta2: 0.99, weightDecay: 0.1 };

type Weights = Readonly<Record<string, tf.Variable>>;

/** (B·T, C) -> (B·T, C): mean 0 and variance 1 for each position, times the gain. */
function normalized(x: tf.Tensor2D, gain: tf.Tensor): tf.Tensor2D {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), gain);
}

/** x Φ(x), Φ the distribution of normal numbers. */
function gelu(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

/** (B·T, 3 C) -> (B·T, C): softmax(Q Kᵀ / √D + mask) V for each head. */
function attended(qkv: tf.Tensor2D, mask: tf.Tensor): tf.Tensor2D {
  const heads = tf.transpose(tf.reshape(qkv, [B, T, 3, H, C / H]), [2, 0, 3, 1, 4]);
  const [q, k, v] = tf.unstack(heads) as [tf.Tensor, tf.Tensor, tf.Tensor]; // (B, H, T, D) each
  const scaled = tf.mul(q, 1 / Math.sqrt(C / H)); // fewer numbers than the scores
  const weights = tf.softmax(tf.add(tf.matMul(scaled, k, false, true), mask)); // (B, H, T, T)
  return tf.reshape(tf.transpose(tf.matMul(weights, v), [0, 2, 1, 3]), [B * T, C]);
}

function loss(
  weights: Weights,
  mask: tf.Tensor,
  [x, y]: readonly [tf.Tensor, tf.Tensor],
): tf.Scalar {
  const of = (name: string): tf.Tensor2D => weights[name] as unknown as tf.Tensor2D;
  let h: tf.Tensor2D = tf.reshape(tf.add(tf.gather(of("wte"), x), of("wpe")), [B * T, C]);
  for (let layer = 0; layer < L; layer++) {
    const qkv: tf.Tensor2D = tf.matMul(normalized(h, of(`ln1.${layer}`)), of(`qkv.${layer}`));
    h = tf.add(h, tf.matMul(attended(qkv, mask), of(`proj.${layer}`)));
    const up: tf.Tensor2D = tf.matMul(normalized(h, of(`ln2.${layer}`)), of(`fc.${layer}`));
    h = tf.add(h, tf.matMul(gelu(up), of(`out.${layer}`)));
  }
  const logits: tf.Tensor2D = tf.matMul(normalized(h, of("lnf")), of("wte"), false, true);
  return crossEntropy(logits, tf.reshape<tf.Rank.R1>(y, [B * T]));
}

/** −10⁹ above the diagonal: no position sees what comes after it. */
function causalMask(): tf.Tensor {
  return tf.tidy(() => tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([T, T]), -1, 0)), -1e9));
}

const layers = Array.from({ length: L }, (_, layer): readonly FirstWeight[] => [
  { name: `ln1.${layer}`, shape: [C], start: "ones" },
  { name: `qkv.${layer}`, shape: [C, 3 * C], start: 0.02 },
  { name: `proj.${layer}`, shape: [C, C], start: 0.02 },
  { name: `ln2.${layer}`, shape: [C], start: "ones" },
  { name: `fc.${layer}`, shape: [C, 4 * C], start: 0.02 },
  { name: `out.${layer}`, shape: [4 * C, C], start: 0.02 },
]);

/** The GPT of the table. */
export function gpt(): Network {
  const { vocabulary: V } = characters();
  return {
    name: "gpt",
    title: `GPT of ${L} layers, ${C} channels`,
    config: { L, H, C, T, V, ...config },
    weights: [
      { name: "wte", shape: [V, C], start: 0.02 },
      { name: "wpe", shape: [T, C], start: 0.02 },
      ...layers.flat(),
      { name: "lnf", shape: [C], start: "ones" },
    ],
    batches: () => textBatches([B, T], 64),
    build: (weights) => {
      const all = Object.values(weights);
      const optimizer = new AdamW(all, config);
      const mask = causalMask();
      return (x, y) => {
        const { value, grads } = tf.variableGrads(() => loss(weights, mask, [x, y]), all);
        optimizer.apply(grads);
        return value;
      };
    },
  };
}
