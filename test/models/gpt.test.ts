import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { compile } from "../../src/jit/compile.ts";
import { gptPresets } from "../../src/models/gpt-presets.ts";
import { Gpt, parameterCount, type GptConfig } from "../../src/models/gpt.ts";
import { AdamW } from "../../src/ops/adamw.ts";

const small: GptConfig = { ...gptPresets.tiny, vocabulary: 11, context: 8 };
const kinds: Partial<GptConfig>[] = [
  {},
  { positions: "sinusoids", bias: true },
  { positions: "rotary", norm: "after", activation: "gelu-tanh" },
];
const ids = (...numbers: number[]): tf.Tensor2D =>
  tf.tensor2d(numbers, [1, numbers.length], "int32");
const numbers = (x: tf.Tensor): number[] => Array.from(x.dataSync());

beforeAll(() => useEngine("tensorflow"));

describe("Gpt", () => {
  it.each(kinds)("says the same about what came before, whatever comes after: %o", (kind) => {
    const model = new Gpt({ ...small, ...kind }, { seed: 1 });
    const first = (...text: number[]): number[] =>
      numbers(tf.slice(model.forward(ids(...text)), [0, 0, 0], [1, 3, 11]));
    const [one, other] = [first(1, 2, 3, 4), first(1, 2, 3, 9)];
    one.forEach((each, i) => expect(each).toBeCloseTo(other[i]!, 6));
    expect(first(1, 5, 3, 4)).not.toEqual(one);
    model.dispose();
  });

  it.each(kinds)("hears the order of the words: %o", (kind) => {
    const model = new Gpt({ ...small, ...kind, layers: 1 }, { seed: 1 });
    const last = (...text: number[]): number[] =>
      numbers(tf.slice(model.forward(ids(...text)), [0, 2, 0], [1, 1, 11]));
    // One layer without positions mixes a set, and would say the same.
    const gaps = last(1, 2, 3).map((each, i) => Math.abs(each - last(2, 1, 3)[i]!));
    expect(Math.max(...gaps)).toBeGreaterThan(1e-3);
    model.dispose();
  });

  it("begins as GPT-2 does: what adds to the stream is smaller by √(2 L)", () => {
    const model = new Gpt(
      { ...gptPresets["nano-shakespeare"], bias: true, vocabulary: 65 },
      { seed: 1 },
    );
    const deviation = (name: string): string =>
      Math.sqrt(tf.moments(model.variables[name]!).variance.arraySync() as number).toFixed(3);
    const matrices = ["tokens", "positions", "blocks.3.attention.qkv.weight", "blocks.3.feedForward.up.weight"]; // prettier-ignore
    expect(matrices.map(deviation)).toEqual(["0.020", "0.020", "0.020", "0.020"]);
    const added = ["blocks.0.attention.out.weight", "blocks.0.feedForward.down.weight"];
    expect(added.map(deviation)).toEqual(["0.007", "0.007"]); // 0.02 / √8
    const norm = ["norm.gain", "norm.bias"].map((name) => numbers(model.variables[name]!)[0]);
    expect(norm).toEqual([1, 0]);
    model.dispose();
  });

  it("bends as its config says", () => {
    const [exact, tanh] = (["gelu", "gelu-tanh"] as const).map((activation) => {
      const model = new Gpt({ ...small, activation, deviation: 1 }, { seed: 1 });
      return numbers(model.forward(ids(1, 2, 3)));
    });
    expect(exact).not.toEqual(tanh);
  });

  it("knows nothing at first: its loss is the logarithm of the vocabulary", () => {
    const model = new Gpt({ ...gptPresets["nano-shakespeare"], vocabulary: 65 }, { seed: 1 });
    const [x, y] = [1, 2].map((seed) =>
      tf.randomUniform<tf.Rank.R2>([12, 64], 0, 65, "int32", seed),
    );
    // Logits of deviation √128 · 0.02 = 0.23 add 0.23² / 2 = 0.03, the draws as much again.
    expect(Math.abs(model.loss(x!, y!).arraySync() - Math.log(65))).toBeLessThan(0.1);
    model.dispose();
  });

  it.each(kinds)("learns by heart, compiled: %o", async (kind) => {
    const model = new Gpt({ ...small, ...kind }, { seed: 1 });
    const variables = Object.values(model.variables);
    const optimizer = new AdamW(variables, { rate: 1e-2 });
    const step = compile((x: tf.Tensor2D, y: tf.Tensor2D) => {
      const { value, grads } = tf.variableGrads(() => model.loss(x, y), variables);
      optimizer.apply(grads);
      return value;
    });
    const [x, y] = [ids(1, 2, 3, 1, 4, 3, 1, 5), ids(2, 3, 1, 4, 3, 1, 5, 0)];
    await step.ready(x, y);
    const losses = Array.from({ length: 60 }, () => step(x, y).dataSync()[0]!);
    expect(losses[0]).toBeGreaterThan(1.5);
    expect(losses.at(-1)).toBeLessThan(0.05);
    // Every weight has its part in it: none stays where it began.
    const fresh = new Gpt(model.config, { seed: 1 });
    for (const [name, weight] of Object.entries(model.variables)) {
      expect(numbers(weight), name).not.toEqual(numbers(fresh.variables[name]!));
    }
    step.dispose();
  });

  it("shows what each layer looked at, and the logits of forward", () => {
    const model = new Gpt(small, { seed: 1 });
    const { logits, attention } = model.inspect(ids(1, 2, 3));
    expect(numbers(logits)).toEqual(numbers(model.forward(ids(1, 2, 3))));
    expect(attention.map((each) => each.shape)).toEqual([
      [1, 2, 3, 3],
      [1, 2, 3, 3],
    ]);
    const rows = attention.flatMap((each) => each.arraySync().flat(2));
    for (const row of rows) expect(row.reduce((sum, each) => sum + each)).toBeCloseTo(1, 5);
  });

  it("drops while training, by the seed, and never otherwise", () => {
    const model = new Gpt({ ...small, dropout: 0.5 }, { seed: 1 });
    const said = (step?: number): number[] =>
      numbers(
        model.forward(
          ids(1, 2, 3),
          step === undefined ? {} : { seed: tf.tensor1d([1, step], "int32") },
        ),
      );
    expect(said(1)).toEqual(said(1));
    expect(said(1)).not.toEqual(said(2));
    expect(said(1)).not.toEqual(said());
    expect(said()).toEqual(said());
  });

  it("leaves what it returns, and after dispose nothing", () => {
    const before = tf.memory().numTensors;
    const model = new Gpt({ ...small, positions: "rotary", dropout: 0.1 }, { seed: 1 });
    const [text, seed] = [ids(1, 2, 3), tf.tensor1d([1, 1], "int32")];
    const own = tf.memory().numTensors;
    const made = [model.forward(text, { seed }), model.loss(text, text)];
    const { logits, attention } = model.inspect(text);
    expect(tf.memory().numTensors - own).toBe(2 + 1 + 2);
    tf.dispose([...made, logits, ...attention, text, seed]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [
      { channels: 30, heads: 4 },
      "Gpt heads: expected a divisor of 30 channels, got 4; each head gets an equal part",
    ],
    [{ layers: 0 }, "Gpt layers: expected a whole number of 1 or more, got 0"],
    [{ layers: 1e9 }, "Gpt layers: expected at most 10000, got 1000000000"],
    [{ norm: "middle" as "after" }, "Gpt norm: expected before or after, got middle"],
    [
      { positions: "alibi" as "rotary" },
      "Gpt positions: expected learned or sinusoids or rotary, got alibi",
    ],
    [{ activation: "relu" as "gelu" }, "Gpt activation: expected gelu or gelu-tanh, got relu"],
    [{ vocabulary: 1.5 }, "Gpt vocabulary: expected a whole number of 1 or more, got 1.5"],
    [{ dropout: 1 }, "Gpt dropout: expected a rate from 0 up to but not 1, got 1"],
    [{ deviation: 0 }, "Gpt deviation: expected a number above 0, got 0"],
    [
      { channels: 6, heads: 2, positions: "rotary" },
      "Gpt channels: expected an even number for a head, for rotary positions go in pairs, got 3",
    ],
    [
      { channels: 5, heads: 1, positions: "sinusoids" },
      "Gpt channels: expected an even number for a position, for sinusoids positions go in pairs, got 5",
    ],
  ] satisfies [Partial<GptConfig>, string][])("refuses %o", (wrong, message) => {
    const before = tf.memory().numTensors;
    expect(() => new Gpt({ ...small, ...wrong }, { seed: 1 })).toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("wants a target for each id", () => {
    const model = new Gpt(small, { seed: 1 });
    expect(() => model.loss(ids(1, 2, 3), ids(1, 2))).toThrow(
      "Gpt.loss: expected targets of shape (1, 3) as the ids, got (1, 2)",
    );
  });

  it("reads no further than its context", () => {
    const model = new Gpt(small, { seed: 1 });
    expect(() => model.forward(tf.zeros([2, 9], "int32"))).toThrow(
      "Gpt: expected at most 8 positions, got ids of shape (2, 9); cut the text",
    );
  });
});

describe("parameterCount", () => {
  it.each(kinds)("counts what a model has: %o", (kind) => {
    const config = { ...small, ...kind };
    const model = new Gpt(config, { seed: 1 });
    const sizes = Object.values(model.variables).map(({ size }) => size);
    expect(parameterCount(config).total).toBe(sizes.reduce((sum, each) => sum + each));
    model.dispose();
  });

  it("counts by part: by hand for one layer of two channels", () => {
    const config: GptConfig = {
      ...small,
      vocabulary: 5,
      context: 3,
      layers: 1,
      heads: 1,
      channels: 2,
    };
    // 5 · 2; 3 · 2; 2 · 6 + 2 · 2; 2 · 8 + 8 · 2; three gains of 2. With constants: 6 + 2; 8 + 2; three more of 2.
    expect(parameterCount(config)).toEqual(
      { tokens: 10, positions: 6, attention: 16, feedForward: 32, norms: 6, total: 70 }, // prettier-ignore
    );
    expect(parameterCount({ ...config, bias: true })).toEqual(
      { tokens: 10, positions: 6, attention: 24, feedForward: 42, norms: 12, total: 94 }, // prettier-ignore
    );
  });

  // GPT-2's as PyTorch counts those of the published files; GPT-1 has 40,478 tokens, "117M" in its paper's successors.
  it.each([
    ["gpt1", 40_478, 116_534_784],
    ["gpt2", 50_257, 124_439_808],
    ["gpt2-medium", 50_257, 354_823_168],
    ["gpt2-large", 50_257, 774_030_080],
    ["gpt2-xl", 50_257, 1_557_611_200],
  ] as const)("counts %s", (name, vocabulary, total) => {
    expect(parameterCount({ ...gptPresets[name], vocabulary }).total).toBe(total);
  });
});
