import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { ConfigError } from "../../src/core/errors.ts";
import { Random } from "../../src/core/random.ts";
import {
  accuracyWithout,
  copier,
  finalAccuracy,
  oneLayer,
  repeatedBatch,
  trainCopier,
  twoLayers,
} from "../../src/experiments/induction.ts";
import {
  bestHead,
  headLooks,
  headScores,
  withoutHead,
} from "../../src/experiments/induction-heads.ts";
import { recallAt } from "../../src/experiments/recall-distance.ts";

beforeAll(() => useEngine());

const T = 64;

test("known are the places whose token stood one period before", () => {
  const { x, y, known } = repeatedBatch(new Random(1), { batch: 4, periods: [6, 30] });
  const [tokens, next] = [x.arraySync(), y.arraySync()];
  const places = known.arraySync();

  expect(places).toHaveLength(4 * T);
  for (const [i, isKnown] of places.entries()) {
    const [row, t] = [Math.floor(i / T), i % T];
    const before = tokens[row]!.indexOf(tokens[row]![t]!);
    expect(isKnown).toBe(before < t ? 1 : 0);
    if (before < t) expect(tokens[row]![before + 1]).toBe(next[row]![t]);
  }
});

test("without training neither copies, and the control has no fewer weights", () => {
  const [two, one] = [copier(twoLayers, { seed: 1 }), copier(oneLayer, { seed: 1 })];
  const size = (variables: readonly tf.Variable[]): number =>
    variables.reduce((sum, each) => sum + each.size, 0);

  expect(finalAccuracy(two, { seed: 1 })).toBeLessThan(0.1);
  expect(finalAccuracy(one, { seed: 1 })).toBeLessThan(0.1);
  expect(size(one.variables)).toBeGreaterThanOrEqual(size(two.variables));
});

test("training is tested every tenth step, moves the weights, and ends when it is told to", async () => {
  const model = copier(oneLayer, { seed: 1 });
  const first = model.weights.tokens.arraySync();
  const stop = new AbortController();
  const tested: number[] = [];
  const run = async (): Promise<void> => {
    for await (const { step, accuracy } of trainCopier(model, { seed: 1, signal: stop.signal })) {
      if (accuracy !== undefined) tested.push(step);
      if (step === 20) stop.abort(new Error("enough"));
    }
  };

  await expect(run()).rejects.toThrow("enough");
  expect(tested).toEqual([10, 20]);
  expect(model.weights.tokens.arraySync()).not.toEqual(first);
});

test("scores are shares of attention: a head that looks everywhere alike gets what chance gives", () => {
  const { weights, config } = copier(twoLayers, { seed: 1 });
  // All queries zero: place t looks at each of t + 1 places with 1 / (t + 1).
  for (const layer of weights.layers) {
    const { weight } = layer.attention!.qkv;
    (weight as tf.Variable<tf.Rank.R2>).assign(tf.zerosLike(weight));
  }
  const scores = headScores(weights, config, { periods: [8, 8], seed: 1 });
  const places = Array.from({ length: T - 8 }, (_, i) => i + 8);
  const mean = (of: (t: number) => number): number =>
    places.reduce((sum, t) => sum + of(t) / (t + 1), 0) / places.length;

  expect(scores.map(({ layer, head }) => `${layer}.${head}`)).toEqual(
    [0, 1].flatMap((layer) => [0, 1, 2, 3].map((head) => `${layer}.${head}`)),
  );
  for (const { previous, induction } of scores) {
    expect(previous).toBeCloseTo(
      mean(() => 1),
      5,
    );
    expect(induction).toBeCloseTo(
      mean((t) => Math.floor((t + 1) / 8)),
      5,
    );
  }
});

test("the best head is the one with the greatest score of that name", () => {
  const scores = [
    { layer: 0, head: 0, previous: 0.9, induction: 0.1 },
    { layer: 1, head: 2, previous: 0.2, induction: 0.7 },
  ];
  expect(bestHead(scores, "previous")).toBe(scores[0]);
  expect(bestHead(scores, "induction")).toBe(scores[1]);
});

test("a silent head mixes nothing in: its rows are zero, the others and the model stay", () => {
  const model = copier(twoLayers, { seed: 1 });
  const { weights, config } = model;
  const out = weights.layers[1]!.attention!.out.weight;
  const before = out.arraySync();
  const silent = withoutHead(weights, config, { layer: 1, head: 2 });
  const after = silent.layers[1]!.attention!.out.weight.arraySync();

  const rows = before.map((row, i) => (i >= 32 && i < 48 ? row.map(() => 0) : row)); // D = 16
  expect(after.map((row) => row.map((each) => each + 0))).toEqual(rows); // −0 is 0
  expect(out.arraySync()).toEqual(before);
  expect(silent.layers[0]).toBe(weights.layers[0]);
  const tensors = tf.memory().numTensors;
  accuracyWithout(model, { layer: 0, head: 1 }, { seed: 1 });
  expect(tf.memory().numTensors).toBe(tensors);
});

test("looks are kept for the caller, one tensor for each layer", () => {
  const { weights, config } = copier(twoLayers, { seed: 1 });
  const ids = tf.zeros<tf.Rank.R2>([1, T], "int32");
  const before = tf.memory().numTensors;
  const looks = headLooks(ids, weights, config);

  expect(looks.map(({ shape }) => shape)).toEqual([
    [1, 4, T, T],
    [1, 4, T, T],
  ]);
  expect(tf.memory().numTensors - before).toBe(2);
});

test("recall needs a place between a and a, and an untrained model guesses", () => {
  const model = copier(twoLayers, { seed: 1 });

  expect(recallAt(model, 20, { seed: 1 })).toBeLessThan(0.15);
  expect(() => recallAt(model, 1, { seed: 1 })).toThrow(
    new ConfigError(
      "recallAt: expected a whole distance of 2 or more, for b stands between a and a, got 1",
    ),
  );
});
