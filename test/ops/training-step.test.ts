import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { compile } from "../../src/jit/compile.ts";
import { AdamW } from "../../src/ops/adamw.ts";
import { crossEntropy } from "../../src/ops/cross-entropy.ts";
import { dropout } from "../../src/ops/dropout.ts";
import { randomNormal } from "../../src/ops/random.ts";
import { engines } from "./everywhere.ts";

const [N, V, C] = [32, 5, 16];
const STEPS = 20;

/** The losses of twenty steps of a network with one hidden layer, half of it dropped, on made-up classes. */
async function losses(compiled: boolean): Promise<number[]> {
  const seed = tf.tensor1d([1, 0], "int32");
  const x = randomNormal<tf.Rank.R2>([N, C], { seed, stream: 0 });
  const ids = tf.tensor1d(
    Array.from({ length: N }, (_, n) => n % V),
    "int32",
  );
  const weights = [
    [C, C],
    [C, V],
  ].map((shape, stream) =>
    tf.variable(tf.mul(randomNormal(shape, { seed, stream: stream + 1 }), 0.3)),
  ) as [tf.Variable<tf.Rank.R2>, tf.Variable<tf.Rank.R2>];
  const optimizer = new AdamW(weights, { rate: 0.01, weightDecay: 0.1 });
  const step = (key: tf.Tensor1D, rate: tf.Scalar): tf.Scalar => {
    const { value, grads } = tf.variableGrads(() => {
      const hidden = tf.relu(tf.matMul(x, weights[0]));
      const kept = dropout(hidden, { rate: 0.5, seed: key, stream: 3 });
      return crossEntropy(tf.matMul(kept, weights[1]), ids);
    }, weights);
    optimizer.apply(grads, rate);
    return value;
  };
  const fast = compile(step);
  const found: number[] = [];
  for (let at = 1; at <= STEPS; at++) {
    const key = tf.tensor1d([1, at], "int32");
    const rate = tf.scalar(0.05 / at);
    if (compiled) await fast.ready(key, rate);
    found.push(
      tf.tidy(() => (compiled ? fast(key, rate) : step(key, rate)).dataSync()[0] as number),
    );
  }
  if (compiled) expect(fast.stats()).toMatchObject({ traces: 1, eagerCalls: 0, fallback: null });
  fast.dispose();
  tf.disposeVariables();
  return found;
}

describe("a training step of dropout, cross-entropy and AdamW", () => {
  it.runIf(engines.includes("tensorflow"))("loses the same compiled as plain", async () => {
    await useEngine("tensorflow");
    const [plain, compiled] = [await losses(false), await losses(true)];
    expect(plain.at(-1)).toBeLessThan(plain[0] as number);
    compiled.forEach((loss, step) => {
      expect(Math.abs(loss / (plain[step] as number) - 1), `step ${step}`).toBeLessThan(1e-5);
    });
  });

  it("loses the same on every engine, for the same numbers are dropped", async () => {
    const all: number[][] = [];
    for (const engine of engines) {
      await useEngine(engine);
      all.push(await losses(false));
    }
    for (const found of all) {
      found.forEach((loss, step) => {
        expect(Math.abs(loss / (all[0]?.[step] as number) - 1), `step ${step}`).toBeLessThan(1e-4);
      });
    }
  });
});
