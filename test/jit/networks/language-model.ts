/** A small GPT in plain operations: two blocks of attention and feed-forward, AdamW with clipping left out. */
import * as tf from "@tensorflow/tfjs";

import { Weights, descent } from "./weights.ts";

const [B, T, C, H, V] = [4, 8, 16, 2, 11];

interface Block {
  readonly norm1: tf.Tensor1D;
  readonly qkv: tf.Tensor2D;
  readonly projection: tf.Tensor2D;
  readonly norm2: tf.Tensor1D;
  readonly up: tf.Tensor2D;
  readonly down: tf.Tensor2D;
}

function normalized(x: tf.Tensor2D, gain: tf.Tensor1D): tf.Tensor2D {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), gain);
}

function attended(x: tf.Tensor2D, { qkv, projection }: Block): tf.Tensor2D {
  const heads = tf
    .split(tf.matMul(x, qkv), 3, 1)
    .map((each) => tf.transpose(tf.reshape(each, [B, T, H, C / H]), [0, 2, 1, 3]));
  const [q, k, v] = heads as [tf.Tensor, tf.Tensor, tf.Tensor];
  const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(C / H)); // (B, H, T, T)
  const past = tf.cast(tf.linalg.bandPart(tf.ones([T, T]), -1, 0), "bool");
  const weights = tf.softmax(tf.where(past, scores, -1e9));
  const mixed = tf.reshape(tf.transpose(tf.matMul(weights, v), [0, 2, 1, 3]), [B * T, C]);
  return tf.matMul(mixed, projection);
}

/** A training step on ids (B, T) and the ids that follow them. */
export function languageModel(): (x: tf.Tensor2D, y: tf.Tensor2D) => tf.Scalar {
  const weights = new Weights();
  const tokens = weights.matrix(V, C, 0.3);
  const places = weights.matrix(T, C, 0.3);
  const blocks = [1, 2].map((): Block => ({
    norm1: weights.filled(C, 1),
    qkv: weights.matrix(C, 3 * C, 0.2),
    projection: weights.matrix(C, C, 0.2),
    norm2: weights.filled(C, 1),
    up: weights.matrix(C, 4 * C, 0.2),
    down: weights.matrix(4 * C, C, 0.2),
  }));
  const norm = weights.filled(C, 1);
  const loss = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Scalar => {
    let h: tf.Tensor2D = tf.reshape(tf.add(tf.gather(tokens, x), places), [B * T, C]);
    for (const block of blocks) {
      h = tf.add(h, attended(normalized(h, block.norm1), block));
      const up: tf.Tensor2D = tf.matMul(normalized(h, block.norm2), block.up);
      const gelu: tf.Tensor2D = tf.mul(tf.mul(up, 0.5), tf.add(tf.erf(tf.div(up, Math.SQRT2)), 1));
      h = tf.add(h, tf.matMul(gelu, block.down));
    }
    const logits = tf.matMul(normalized(h, norm), tokens, false, true);
    return tf.losses.softmaxCrossEntropy(tf.oneHot(tf.reshape(y, [-1]), V), logits);
  };
  return (x, y) => descent(weights.all, { loss: () => loss(x, y), rate: 0.005 });
}

/** Shape and limit of its ids. */
export const languageModelIds = { shape: [B, T] as [number, number], limit: V };
