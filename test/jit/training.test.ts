import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { compile } from "../../src/jit/compile.ts";

beforeAll(() => useEngine("tensorflow"));
afterEach(() => {
  tf.disposeVariables();
});

const B = 16;

/** Two layers and what training does with their gradients; each call makes its own, all alike. */
class Perceptron {
  readonly w1 = tf.variable(tf.randomNormal<tf.Rank.R2>([4, 8], 0, 0.7, "float32", 1));
  readonly w2 = tf.variable(tf.randomNormal<tf.Rank.R2>([8, 1], 0, 0.7, "float32", 2));
  readonly weights = [this.w1, this.w2];
  readonly sums = this.weights.map((weight) => tf.variable(tf.zerosLike(weight), false));

  readonly loss = (x: tf.Tensor2D): tf.Scalar => {
    const wanted = tf.prod(tf.slice(x, [0, 0], [-1, 2]), 1, true);
    const hidden: tf.Tensor2D = tf.tanh(tf.matMul(x, this.w1));
    return tf.mean<tf.Scalar>(tf.squaredDifference(tf.matMul(hidden, this.w2), wanted));
  };

  gradients(x: tf.Tensor2D): { readonly value: tf.Scalar; readonly grads: tf.Tensor[] } {
    const { value, grads } = tf.variableGrads(() => this.loss(x), this.weights);
    return { value, grads: this.weights.map(({ name }) => grads[name] as tf.Tensor) };
  }

  descend(grads: readonly tf.Tensor[], rate: tf.Scalar): void {
    this.weights.forEach((weight, place) => {
      weight.assign(tf.sub(weight, tf.mul(rate, grads[place] as tf.Tensor)));
    });
  }

  /** Clips the gradients to a norm of 0.1 together. */
  readonly clippedStep = (
    x: tf.Tensor2D,
    rate: tf.Scalar,
  ): { loss: tf.Scalar; norm: tf.Tensor } => {
    const { value, grads } = this.gradients(x);
    const norm = tf.sqrt(tf.addN(grads.map((grad) => tf.sum(tf.square(grad)))));
    const scale = tf.minimum(1, tf.div(0.1, norm));
    this.descend(
      grads.map((grad) => tf.mul(grad, scale)),
      rate,
    );
    return { loss: value, norm };
  };

  readonly accumulate = (x: tf.Tensor2D): tf.Scalar => {
    const { value, grads } = this.gradients(x);
    this.sums.forEach((sum, place) => sum.assign(tf.add(sum, grads[place] as tf.Tensor)));
    return value;
  };

  readonly apply = (count: tf.Scalar, rate: tf.Scalar): undefined => {
    this.descend(
      this.sums.map((sum) => tf.div(sum, count)),
      rate,
    );
    this.sums.forEach((sum) => sum.assign(tf.zerosLike(sum)));
  };
}

const batch = (seed: number): tf.Tensor2D => tf.randomNormal([B, 4], 0, 1, "float32", seed);

const close = (found: tf.Tensor, expected: tf.Tensor): void => {
  const [a, b] = [found.dataSync(), expected.dataSync()];
  a.forEach((value, place) => expect(value).toBeCloseTo(b[place] as number, 5));
};

describe("a compiled training step", () => {
  it("clips gradients by their global norm", async () => {
    const [plain, model] = [new Perceptron(), new Perceptron()];
    const step = compile(model.clippedStep);
    await step.ready(batch(0), 0.5);
    for (let count = 1; count <= 30; count++) {
      const x = batch(count);
      const [found, expected] = [step(x, 0.5), plain.clippedStep(x, tf.scalar(0.5))];
      close(found.loss, expected.loss);
      close(found.norm, expected.norm);
    }
    close(model.w1, plain.w1);
    expect(step.stats()).toMatchObject({ traces: 1, eagerCalls: 0 });
  });

  it("accumulates gradients over calls and applies them in another", async () => {
    const [plain, model] = [new Perceptron(), new Perceptron()];
    const accumulate = compile(model.accumulate);
    const apply = compile(model.apply);
    await Promise.all([accumulate.ready(batch(0)), apply.ready(3, 0.5)]);
    expect(model.sums[0]?.dataSync()).toEqual(new Float32Array(32));
    for (let count = 1; count <= 12; count++) {
      const x = batch(count);
      close(accumulate(x), plain.accumulate(x));
      if (count % 3 !== 0) continue;
      apply(3, 0.5);
      plain.apply(tf.scalar(3), tf.scalar(0.5));
      close(model.w2, plain.w2);
      expect(model.sums[0]?.dataSync()).toEqual(new Float32Array(32));
    }
  });

  it("leaves a checkpoint as it was, and goes on from it", async () => {
    const model = new Perceptron();
    const step = compile(model.clippedStep);
    const evaluate = compile(model.loss);
    const held = batch(99);
    await Promise.all([step.ready(batch(0), 0.5), evaluate.ready(held)]);
    const run = (): number[] =>
      [1, 2, 3].map((count) => step(batch(count), 0.5).loss.dataSync()[0] as number);
    const [before] = evaluate(held).dataSync();
    const checkpoint = model.weights.map((weight) => weight.dataSync().slice());
    const first = run();
    expect(evaluate(held).dataSync()[0]).not.toBe(before);
    model.weights.forEach((weight, place) => {
      weight.assign(tf.tensor(checkpoint[place] as Float32Array, weight.shape));
    });
    expect(evaluate(held).dataSync()[0]).toBe(before);
    expect(run()).toEqual(first);
  });
});
