import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import {
  partialLogits,
  partialWeights,
  type PartialConfig,
} from "../../src/experiments/partial-transformer.ts";
import { Gpt } from "../../src/models/gpt.ts";
import { namedWeights } from "../../src/nn/weights.ts";

beforeAll(async () => {
  await useEngine();
  [ids, swapped] = [tensor(1, 2, 3, 4, 5), tensor(2, 1, 3, 4, 5)];
});

const sizes = { vocabulary: 7, context: 5, layers: 2, heads: 2, channels: 8 };
const tensor = (...ids: number[]): tf.Tensor2D => tf.tensor2d([ids], [1, 5], "int32");
let ids: tf.Tensor2D;
let swapped: tf.Tensor2D;

/** The logits of the last position. */
function last(config: PartialConfig, x: tf.Tensor2D): number[] {
  const weights = partialWeights(config, { seed: 1 });
  const [logits] = partialLogits(x, weights, config).arraySync().slice(-1);
  tf.dispose(Object.values(namedWeights(weights)));
  return logits!;
}

const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((each, i) => Math.abs(each - b[i]!)));

test.each(["before", "after"] as const)(
  "with all parts and the same weights it is the GPT, norm %s",
  (norm) => {
    const config = { ...sizes, norm };
    const weights = partialWeights(config, { seed: 1 });
    const gpt = new Gpt(
      {
        ...config,
        positions: "learned",
        activation: "gelu",
        bias: false,
        dropout: 0,
        deviation: 1,
      },
      { seed: 2 },
    );
    for (const [path, own] of Object.entries(namedWeights(weights))) {
      gpt.variables[path.replace("layers.", "blocks.")]!.assign(own);
    }
    const ours = partialLogits(ids, weights, config).arraySync();
    const theirs = gpt.forward(ids).arraySync()[0]!;
    expect(apart(ours.flat(), theirs.flat())).toBeLessThan(1e-5);
  },
);

test("in one layer without positions the last word sees a bag, with either kind of them an order", () => {
  const one = { ...sizes, layers: 1 };
  const moved = (positions: "none" | "learned" | "rotary"): number =>
    apart(last({ ...one, positions }, ids), last({ ...one, positions }, swapped));

  expect(moved("none")).toBeLessThan(1e-5);
  expect(moved("learned")).toBeGreaterThan(1e-3);
  expect(moved("rotary")).toBeGreaterThan(1e-3);
});

test("without attention the last word sees only itself", () => {
  const config = { ...sizes, attention: false };
  const other = tensor(6, 0, 6, 0, 5);

  expect(apart(last(config, ids), last(config, other))).toBe(0);
  expect(apart(last(sizes, ids), last(sizes, other))).toBeGreaterThan(1e-3);
});

test("each missing part takes its weights along, and another missing part changes the output", () => {
  const paths = (config: Partial<PartialConfig>): readonly string[] =>
    Object.keys(namedWeights(partialWeights({ ...sizes, layers: 1, ...config }, { seed: 1 })));

  expect(paths({})).toEqual([
    "tokens",
    "positions",
    "layers.0.norm1.gain",
    "layers.0.attention.qkv.weight",
    "layers.0.attention.out.weight",
    "layers.0.norm2.gain",
    "layers.0.feedForward.up.weight",
    "layers.0.feedForward.down.weight",
    "norm.gain",
  ]);
  expect(paths({ positions: "none" })).not.toContain("positions");
  expect(paths({ attention: false }).join()).not.toMatch(/attention|norm1/);
  expect(paths({ feedForward: false }).join()).not.toMatch(/feedForward|norm2/);
  expect(paths({ norm: "none" }).join()).not.toMatch(/norm/);
  expect(paths({ norm: "after" })).not.toContain("norm.gain");
  expect(apart(last({ ...sizes, residual: false }, ids), last(sizes, ids))).toBeGreaterThan(1e-3);
});

test("a probe sees the stream before each layer and after the last, and may change it", () => {
  const weights = partialWeights(sizes, { seed: 1 });
  const seen: number[] = [];
  const silence = (x: tf.Tensor3D, layer: number): tf.Tensor3D => {
    seen.push(layer);
    return layer === 2 ? tf.zerosLike(x) : x;
  };
  const logits = partialLogits(ids, weights, sizes, { stream: silence }).arraySync();

  expect(seen).toEqual([0, 1, 2]);
  expect(logits.flat().every((each) => each === 0)).toBe(true);
});

test("reading leaves one tensor behind", () => {
  const weights = partialWeights(sizes, { seed: 1 });
  const before = tf.memory().numTensors;
  partialLogits(ids, weights, sizes);
  expect(tf.memory().numTensors - before).toBe(1);
});
