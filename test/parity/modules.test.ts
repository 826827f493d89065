import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { compile } from "../../src/jit/compile.ts";
import {
  attend,
  causalMask,
  selfAttention,
  type AttentionWeights,
} from "../../src/nn/attention.ts";
import { block, type BlockWeights } from "../../src/nn/block.ts";
import { embed } from "../../src/nn/embedding.ts";
import { feedForward, type FeedForwardWeights } from "../../src/nn/feed-forward.ts";
import { gelu, geluTanh } from "../../src/nn/gelu.ts";
import { layerNorm } from "../../src/nn/layer-norm.ts";
import { linear } from "../../src/nn/linear.ts";
import { rotate, sinusoids } from "../../src/nn/positions.ts";
import { engines, expectAsInTorch, readCases, tensorOf, tensorsOf } from "./cases.ts";

interface Settings {
  readonly causal?: boolean;
  readonly norm?: "before" | "after";
  readonly activation?: "gelu" | "gelu-tanh";
}

/** Inputs and weights by name. */
type Given = Readonly<Record<string, tf.Tensor>>;
type Module = (given: Given, settings: Settings) => { output: tf.Tensor } & tf.NamedTensorMap;

const heads = 2;

/** { "attention.qkv.weight": w } -> { attention: { qkv: { weight: w } } } */
function tree(given: Given): unknown {
  const result: Record<string, unknown> = {};
  for (const [path, tensor] of Object.entries(given)) {
    const names = path.split(".");
    const last = names.pop()!;
    let part = result;
    for (const name of names) part = (part[name] ??= {}) as Record<string, unknown>;
    part[last] = tensor;
  }
  return result;
}

/** x (B, T, C), and the weights as the layer wants them. */
function layer<W>(run: (x: tf.Tensor3D, weights: W, settings: Settings) => tf.Tensor): Module {
  return (given, settings) => ({
    output: run(given.x as tf.Tensor3D, tree(given) as W, settings),
  });
}

const attention: Module = (given, { causal }) => {
  const { attention: weights } = tree(given) as { readonly attention: AttentionWeights };
  return selfAttention(given.x as tf.Tensor3D, weights, { heads, causal: causal! });
};

const wholeBlock = layer<BlockWeights>(
  (x, weights, { norm, activation }) =>
    block(x, weights, {
      attention: (h) => selfAttention(h, weights.attention, { heads }),
      norm: norm!,
      activation: activation === "gelu" ? gelu : geluTanh,
    }).output,
);

const places = (x: tf.Tensor, axis: number): tf.Tensor1D => tf.range(0, x.shape[axis]!, 1, "int32");

const modules: Readonly<Record<string, Module>> = {
  linear: layer(linear),
  "linear-plain": layer(linear),
  "layer-norm": layer(layerNorm),
  "layer-norm-plain": layer(layerNorm),
  gelu: layer((x) => gelu(x)),
  "gelu-tanh": layer((x) => geluTanh(x)),
  embedding: ({ ids, table }) => ({ output: embed(ids as tf.Tensor2D, table as tf.Tensor2D) }),
  sinusoids: () => ({ output: sinusoids(6, 16) }),
  rotary: ({ x }) => ({ output: rotate(x as tf.Tensor4D, places(x!, 2)) }),
  attend: ({ q, k, v }) => {
    const all = { q: q as tf.Tensor4D, k: k as tf.Tensor4D, v: v as tf.Tensor4D };
    return { output: attend(all, { mask: causalMask(6) }).mixed };
  },
  attention,
  "attention-causal": attention,
  "attention-rotary": layer<{ readonly attention: AttentionWeights }>((x, weights) => {
    return selfAttention(x, weights.attention, { heads, positions: places(x, 1) }).output;
  }),
  "feed-forward": layer<{ readonly feedForward: FeedForwardWeights }>((x, weights) =>
    feedForward(x, weights.feedForward),
  ),
  "block-before": wholeBlock,
  "block-after": wholeBlock,
};

const cases = await readCases<Settings>("modules.safetensors");

it("has every case that PyTorch's side has", () => {
  expect(Object.keys(modules).sort()).toEqual(Object.keys(cases).sort());
});

describe.each(engines)("on %s as in PyTorch: output and every gradient of", (engine) => {
  beforeAll(() => useEngine(engine));

  it.each(Object.keys(modules))("%s", async (name) => {
    const stored = cases[name]!;
    const run = (given: Given): tf.NamedTensorMap => modules[name]!(given, stored.settings);
    const given = tensorsOf(stored.in);
    const learned = Object.keys(stored.grad);
    const both = (all: Given, upstream: tf.Tensor): tf.NamedTensorMap[] => {
      const output = (...changed: tf.Tensor[]): tf.Tensor => {
        const named = Object.fromEntries(learned.map((each, i) => [each, changed[i]!]));
        return run({ ...all, ...named }).output!;
      };
      const found = tf.grads(output)(
        learned.map((each) => all[each]!),
        upstream,
      );
      return [run(all), Object.fromEntries(learned.map((each, i) => [each, found[i]!]))];
    };
    if (learned.length === 0) return expectAsInTorch(run(given), stored.out);

    const upstream = tensorOf(stored.upstream.output!);
    const compiled = compile(both);
    await compiled.ready(given, upstream);
    for (const way of [both, compiled]) {
      const [outputs, gradients] = way(given, upstream) as [tf.NamedTensorMap, tf.NamedTensorMap];
      expectAsInTorch(outputs, stored.out);
      expectAsInTorch(gradients, stored.grad);
    }
    expect(compiled.stats().fallback === null).toBe(engine === "tensorflow");
    compiled.dispose();
  });
});
