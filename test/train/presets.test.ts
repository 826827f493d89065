import { expect, test } from "vitest";

import { trainPresets } from "../../src/train/presets.ts";

test("nano-shakespeare is nanoGPT's run for a CPU", () => {
  const { model, training, tokenizer } = trainPresets["nano-shakespeare"];

  expect(tokenizer).toBe("characters");
  // README of nanoGPT: --block_size=64 --batch_size=12 --n_layer=4 --n_head=4 --n_embd=128 --max_iters=2000
  // --lr_decay_iters=2000 --dropout=0.0 --eval_iters=20; the rest in config/train_shakespeare_char.py
  expect(model).toMatchObject({ context: 64, layers: 4, heads: 4, channels: 128, dropout: 0 });
  expect(model).toMatchObject({ bias: false, deviation: 0.02, positions: "learned" });
  expect(training).toMatchObject({ steps: 2000, batch: 12, accumulate: 1, evaluateBatches: 20 });
  expect(training).toMatchObject({ learningRate: 1e-3, floor: 1e-4, warmUp: 100, clip: 1 });
  expect(training).toMatchObject({ beta1: 0.9, beta2: 0.99, weightDecay: 0.1, evaluateEvery: 250 });
});

test("shakespeare is nanoGPT's train_shakespeare_char", () => {
  const { model, training, tokenizer } = trainPresets.shakespeare;

  expect(tokenizer).toBe("characters");
  expect(model).toMatchObject({ context: 256, layers: 6, heads: 6, channels: 384, dropout: 0.2 });
  expect(training).toMatchObject({ steps: 5000, batch: 64, learningRate: 1e-3, floor: 1e-4 });
  expect(training).toMatchObject({ warmUp: 100, beta2: 0.99, weightDecay: 0.1 });
});

test("presets of the papers' sizes read GPT-2's tokens", () => {
  for (const name of ["gpt1", "gpt2", "gpt2-medium", "gpt2-large", "gpt2-xl"] as const) {
    expect(trainPresets[name].tokenizer).toBe("gpt2");
  }
});
