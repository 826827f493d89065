import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { Random } from "../../src/core/random.ts";
import { compile } from "../../src/jit/compile.ts";
import { AdamW, type AdamWConfig } from "../../src/ops/adamw.ts";
import { adamW } from "../../src/ops/adamw/formula.ts";
import { engines } from "./everywhere.ts";

afterEach(() => {
  tf.disposeVariables();
});

const STEPS = 10;
const start = { matrix: numbers(6, 1), bias: numbers(3, 2) };

/** So many numbers from −1 to 1. */
function numbers(count: number, seed: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => 2 * random.uniform() - 1);
}

/** The gradient of a weight at a step: any numbers of several sizes. */
function slopeAt(step: number, place: number): number {
  return Math.sin(3 * step + 5 * place) * 10 ** (place - 3);
}

type Numbers = Required<Omit<AdamWConfig, "decay">>;

/** PyTorch's AdamW, number by number in double precision: the weights after each step. */
function byHand(
  weights: readonly number[],
  { rate, beta1, beta2, epsilon, weightDecay }: Numbers,
): number[][] {
  const [w, m, v] = [[...weights], weights.map(() => 0), weights.map(() => 0)];
  return Array.from({ length: STEPS }, (_, before) => {
    const t = before + 1;
    for (let place = 0; place < w.length; place++) {
      const g = slopeAt(t, place);
      m[place] = beta1 * (m[place] as number) + (1 - beta1) * g;
      v[place] = beta2 * (v[place] as number) + (1 - beta2) * g * g;
      const meanHat = (m[place] as number) / (1 - beta1 ** t);
      const squareHat = (v[place] as number) / (1 - beta2 ** t);
      const decayed = (w[place] as number) * (1 - rate * weightDecay);
      w[place] = decayed - (rate * meanHat) / (Math.sqrt(squareHat) + epsilon);
    }
    return [...w];
  });
}

const gradients = (step: number): tf.NamedTensorMap => ({
  matrix: tf.tensor2d(
    start.matrix.map((_, place) => slopeAt(step, place)),
    [2, 3],
  ),
  bias: tf.tensor1d(start.bias.map((_, place) => slopeAt(step, place))),
});

function variables(): [tf.Variable, tf.Variable] {
  return [
    tf.variable(tf.tensor2d(start.matrix, [2, 3]), true, "matrix"),
    tf.variable(tf.tensor1d(start.bias), true, "bias"),
  ];
}

const configs: readonly Numbers[] = [
  { rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  { rate: 0.1, beta1: 0, beta2: 0.95, epsilon: 0.1, weightDecay: 0.5 },
];

/** The largest distance of ten steps from those by hand. */
async function distanceByHand(
  config: Numbers,
  stepper: (optimizer: AdamW) => (step: number) => void | Promise<void>,
): Promise<number> {
  const [matrix, bias] = variables();
  const apply = stepper(new AdamW([matrix, bias], config));
  const expected = [
    byHand(start.matrix, config),
    byHand(start.bias, { ...config, weightDecay: 0 }),
  ];
  let distance = 0;
  for (let step = 1; step <= STEPS; step++) {
    await apply(step);
    [matrix, bias].forEach((variable, which) => {
      variable.dataSync().forEach((value, place) => {
        const wanted = expected[which]?.[step - 1]?.[place] as number;
        distance = Math.max(distance, Math.abs(value - wanted));
      });
    });
  }
  tf.disposeVariables();
  return distance;
}

describe("AdamW by hand", () => {
  // torch.optim.AdamW of PyTorch 2.13.0 in float64, lr = weight_decay = 0.01, the same gradients.
  it("is PyTorch's", () => {
    const found = byHand([0.3, -0.7, 0.1], configs[0] as Numbers).at(-1) as number[];
    const expected = [0.29128434373393447, -0.7150831022800554, 0.07836622635674492];
    found.forEach((w, place) => expect(w).toBeCloseTo(expected[place] as number, 14));
  });
});

describe("AdamW", () => {
  it.each(engines)("is PyTorch's over ten steps, on %s", async (engine) => {
    await useEngine(engine);
    for (const config of configs) {
      const distance = await distanceByHand(config, (optimizer) => (step) => {
        tf.tidy(() => optimizer.apply(gradients(step)));
      });
      expect(distance).toBeLessThan(5e-7);
    }
  });

  it.each(engines)("is the same compiled, its rate and its count inputs, on %s", async (engine) => {
    await useEngine(engine);
    for (const config of configs) {
      const distance = await distanceByHand(config, (optimizer) => {
        const compiled = compile((matrix: tf.Tensor, bias: tf.Tensor, rate: tf.Scalar) =>
          optimizer.apply({ matrix, bias }, rate),
        );
        return async (step) => {
          const { matrix, bias } = gradients(step) as { matrix: tf.Tensor; bias: tf.Tensor };
          await compiled.ready(matrix, bias, config.rate);
          compiled(matrix, bias, config.rate);
          expect(compiled.stats().traces).toBe(1);
          if (engine === "tensorflow") expect(compiled.stats().fallback).toBeNull();
        };
      });
      expect(distance).toBeLessThan(5e-7);
    }
  });

  it.each(engines)("is the formula as it is written, on %s", async (engine) => {
    await useEngine(engine);
    const [config] = configs as [Numbers];
    const [matrix] = variables();
    const optimizer = new AdamW([matrix], config);
    let state = { w: tf.clone(matrix), m: tf.zeros([2, 3]), v: tf.zeros([2, 3]) } as ReturnType<
      typeof adamW
    >;
    for (let step = 1; step <= STEPS; step++) {
      const g = gradients(step);
      optimizer.apply(g);
      state = adamW({ ...state, g: g.matrix as tf.Tensor }, { ...config, step: tf.scalar(step) });
      const found = [matrix, optimizer.state["m/matrix"], optimizer.state["v/matrix"]];
      [state.w, state.m, state.v].forEach((expected, place) => {
        const both = [found[place] as tf.Tensor, expected];
        const [a, b] = both.map((tensor) => tensor.dataSync()) as [Float32Array, Float32Array];
        b.forEach((y, at) => {
          const size = [1, 10 ** (at - 3), 10 ** (2 * at - 6)][place] as number; // of w, g and g²
          expect(Math.abs((a[at] as number) - y) / size).toBeLessThan(5e-7);
        });
      });
    }
  });

  it.each(engines)("sees a small gradient after a large one, on %s", async (engine) => {
    await useEngine(engine);
    const w = tf.variable(tf.tensor1d([1]), true, "w");
    const config = { rate: 1e-3, beta1: 0, beta2: 0, weightDecay: 0 };
    const optimizer = new AdamW([w], config);
    const step = compile((g: tf.Tensor1D) => optimizer.apply({ w: g }));
    for (const g of [1e4, 1e-6]) {
      await step.ready(tf.tensor1d([g]));
      step(tf.tensor1d([g]));
    }
    // Nothing of the past counts: each step goes by the rate, but for ε = 1e-8 beside 1e-6.
    expect(w.dataSync()[0]).toBeCloseTo(1 - 1e-3 - 1e-3 / 1.01, 6);
  });

  it("follows a new rate", async () => {
    await useEngine("cpu");
    const w = tf.variable(tf.tensor1d([0]), true, "w");
    const optimizer = new AdamW([w], { rate: 1 });
    optimizer.apply({ w: tf.tensor1d([5]) }, 0.25);
    expect(w.dataSync()[0]).toBeCloseTo(-0.25, 6); // the first step goes by the rate, whatever the gradient
    optimizer.apply({ w: tf.tensor1d([5]) });
    expect(w.dataSync()[0]).toBeCloseTo(-1.25, 6);
  });

  it("leaves a variable without a gradient as it is", async () => {
    await useEngine("cpu");
    const [matrix, bias] = variables();
    const optimizer = new AdamW([matrix, bias], { rate: 0.1, weightDecay: 0.5 });
    optimizer.apply({ bias: tf.ones([3]), stranger: tf.ones([1]) });
    expect(Array.from(matrix.dataSync())).toEqual(Array.from(Float32Array.from(start.matrix)));
    expect(bias.dataSync()[0]).toBeCloseTo((start.bias[0] as number) - 0.1, 6);
    expect(Array.from(optimizer.state["m/matrix"]?.dataSync() ?? [])).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("lets the caller choose what decays", async () => {
    await useEngine("cpu");
    const [matrix, bias] = variables();
    const optimizer = new AdamW([matrix, bias], {
      rate: 0.5,
      weightDecay: 0.5,
      decay: ({ name }) => name === "bias",
    });
    optimizer.apply({ matrix: tf.zeros([2, 3]), bias: tf.zeros([3]) });
    expect(Array.from(matrix.dataSync())).toEqual(Array.from(Float32Array.from(start.matrix)));
    expect(bias.dataSync()[0]).toBeCloseTo(0.75 * (start.bias[0] as number), 6);
  });

  it("goes on from a state that was kept, with the numbers of one that never stopped", async () => {
    await useEngine("cpu");
    const [matrix, bias] = variables();
    const first = new AdamW([matrix, bias], { rate: 0.01 });
    expect(Object.keys(first.state)).toEqual(["step", "m/matrix", "m/bias", "v/matrix", "v/bias"]);
    for (let step = 1; step <= 3; step++) first.apply(gradients(step));
    const kept = Object.entries({ ...first.state, matrix, bias }).map(
      ([name, tensor]) => [name, tf.clone(tensor)] as const,
    );
    first.apply(gradients(4));
    const expected = matrix.arraySync();
    first.dispose();
    const second = new AdamW([matrix, bias], { rate: 0.01 });
    const targets: Record<string, tf.Variable> = { ...second.state, matrix, bias };
    for (const [name, tensor] of kept) targets[name]?.assign(tensor);
    second.apply(gradients(4));
    expect(matrix.arraySync()).toEqual(expected);
    expect(second.state.step?.dtype).toBe("int32");
    expect(second.state.step?.dataSync()).toEqual(Int32Array.of(4));
  });

  it.each(engines)("leaves no tensor behind, on %s", async (engine) => {
    await useEngine(engine);
    const [matrix, bias] = variables();
    const g = gradients(1);
    const before = tf.memory().numTensors;
    const optimizer = new AdamW([matrix, bias], { rate: 0.1 });
    const made = tf.memory().numTensors;
    expect(made - before).toBe(5);
    optimizer.apply(g);
    expect(tf.memory().numTensors).toBe(made);
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuses numbers, variables and gradients that it cannot use", async () => {
    await useEngine("cpu");
    const [matrix, bias] = variables();
    const make = (config: Partial<AdamWConfig>) => () =>
      new AdamW([matrix], { rate: 1, ...config });
    expect(make({ beta2: 1 })).toThrow(
      "AdamW beta2: expected a number from 0 up to but not 1, got 1",
    );
    expect(make({ rate: -1 })).toThrow("AdamW rate: expected a number of 0 or more, got -1");
    expect(make({ epsilon: NaN })).toThrow(
      "AdamW epsilon: expected a number of 0 or more, got NaN",
    );
    expect(() => new AdamW([], { rate: 1 })).toThrow(
      "AdamW: expected variables to change, each once, got none",
    );
    expect(() => new AdamW([bias, matrix, bias], { rate: 1 })).toThrow(
      'AdamW: expected variables to change, each once, got "bias" twice',
    );
    const ids = tf.variable(tf.tensor1d([1], "int32"), true, "ids");
    expect(() => new AdamW([ids], { rate: 1 })).toThrow(
      'AdamW: expected variables of float32, got "ids" of int32; leave it out',
    );
    const optimizer = new AdamW([matrix, bias], { rate: 1 });
    expect(() => optimizer.apply({ other: tf.ones([1]) })).toThrow(
      "AdamW.apply: expected gradients of matrix, bias, got other; give it the grads of tf.variableGrads",
    );
    expect(() => optimizer.apply({ matrix: tf.ones([3]) })).toThrow(
      "AdamW.apply matrix: expected a gradient of shape (2, 3), got (3)",
    );
    expect(optimizer.state.step?.dataSync()).toEqual(Int32Array.of(0));
  });
});
