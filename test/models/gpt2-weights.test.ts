import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import {
  readSafetensors,
  writeSafetensors,
  type StoredTensor,
} from "../../src/core/safetensors.ts";
import { downloadGpt2 } from "../../src/models/gpt2-files.ts";
import { gpt2Config } from "../../src/models/gpt2-config.ts";
import { gptOfGpt2, loadGpt2 } from "../../src/models/gpt2-weights.ts";
import { gptPresets } from "../../src/models/gpt-presets.ts";
import { engines, expectAsInTorch, folder, readCases, tensorOf } from "../parity/cases.ts";

const saved = join(folder, "gpt2");
const { gpt2 } = await readCases("gpt2/logits.safetensors");
const json = JSON.parse(await readFile(join(saved, "config.json"), "utf8")) as object;
const config = gpt2Config(json, { who: "config.json" });
const { tensors } = await readSafetensors(join(saved, "model.safetensors"));
const plain = new Map([...tensors].map(([name, each]) => [name.replace("transformer.", ""), each]));

const numbers = (...shape: number[]): StoredTensor => ({
  dtype: "F32",
  shape,
  data: new Float32Array(tf.util.sizeFromShape(shape)),
});

/** Its logits for the fixture's ids. */
function logitsFor(weights: ReadonlyMap<string, StoredTensor>): tf.NamedTensorMap {
  const model = gptOfGpt2({ tensors: weights }, { config, who: "file" });
  const logits = tf.tidy(() => model.forward(tensorOf(gpt2!.in.ids!) as tf.Tensor2D));
  model.dispose();
  return { logits };
}

describe("a GPT-2 that transformers saved", () => {
  it.each(engines)("has the same logits on %s", async (engine) => {
    await useEngine(engine);
    const model = await loadGpt2(saved);
    expectAsInTorch({ logits: model.forward(tensorOf(gpt2!.in.ids!) as tf.Tensor2D) }, gpt2!.out);
    model.dispose();
  });

  it("is the same without the prefix of its names, with masks, and with its embedding repeated as head", async () => {
    await useEngine("cpu");
    const old = new Map([
      ...plain,
      ["h.0.attn.bias", numbers(1, 1, 16, 16)],
      ["h.1.attn.masked_bias", numbers()],
      ["lm_head.weight", tensors.get("transformer.wte.weight")!],
    ]);
    expectAsInTorch(logitsFor(old), gpt2!.out);
  });

  it("leaves its weights behind, and nothing when it is refused", async () => {
    await useEngine("cpu");
    const before = tf.memory().numTensors;
    const model = await loadGpt2(saved);
    expect(tf.memory().numTensors - before).toBe(Object.keys(model.variables).length);
    model.dispose();
    expect(() => logitsFor(new Map([...tensors, ["more", numbers(1)]]))).toThrow();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("of its tensors, one that is", () => {
  const without = new Map(plain);
  without.delete("h.1.ln_2.bias");
  const head = numbers(100, 32);

  it.each([
    [
      "missing",
      without,
      "file: expected a tensor (32) for blocks.1.norm2.bias, got none; is the file whole, and of a GPT-2?",
    ],
    [
      "too many",
      new Map([...tensors, ["transformer.h.2.ln_1.weight", numbers(32)]]),
      'file: expected the weights of 2 layers with learned positions, got "transformer.h.2.ln_1.weight" as well; is config.json of the same model?',
    ],
    [
      "unknown",
      new Map([...plain, ["score.weight", numbers(2, 32)]]),
      'file: expected the weights of 2 layers with learned positions, got "score.weight" as well; is config.json of the same model?',
    ],
    [
      "of another shape",
      new Map([...plain, ["h.0.mlp.c_fc.weight", numbers(128, 32)]]),
      'file "h.0.mlp.c_fc.weight": expected F32, F16 or BF16 of shape (32, 128), got F32 of (128, 32); is config.json of the same model?',
    ],
    [
      "of another type",
      new Map([...plain, ["ln_f.bias", { dtype: "I32", shape: [32], data: new Int32Array(32) }]]),
      'file "ln_f.bias": expected F32, F16 or BF16 of shape (32), got I32 of (32); is config.json of the same model?',
    ],
    [
      "another head",
      new Map([...tensors, ["lm_head.weight", head]]),
      'file "lm_head.weight": expected the same numbers as wte.weight, got others; a head of its own is not GPT-2\'s',
    ],
  ])("%s is named", async (_, weights, message) => {
    await useEngine("cpu");
    expect(() => logitsFor(weights)).toThrow(
      expect.objectContaining({ name: "DataError", message }),
    );
  });
});

describe("of config.json", () => {
  it("the smallest GPT-2's is our preset of that name", () => {
    const published = {
      ...{ activation_function: "gelu_new", initializer_range: 0.02, layer_norm_epsilon: 1e-5 },
      ...{ model_type: "gpt2", n_ctx: 1024, n_embd: 768, n_head: 12, n_layer: 12 },
      ...{ n_positions: 1024, resid_pdrop: 0.1, vocab_size: 50257 },
    };
    expect(gpt2Config(published, { who: "file" })).toEqual({
      ...gptPresets.gpt2,
      vocabulary: 50257,
    });
  });

  it.each([
    ["n_head", 2.5, "a whole number of 1 or more, got 2.5"],
    ["vocab_size", undefined, "a whole number of 1 or more, got nothing"],
    ["activation_function", "relu", 'gelu or gelu_new or gelu_pytorch_tanh, got "relu"'],
    ["n_inner", 100, "128, got 100"],
    ["layer_norm_epsilon", 1e-6, "0.00001, got 0.000001"],
    ["model_type", "bert", '"gpt2", got "bert"'],
    ["scale_attn_by_inverse_layer_idx", true, "false, got true"],
  ])("%s: %j is refused", (name, value, problem) => {
    expect(() => gpt2Config({ ...json, [name]: value }, { who: "file" })).toThrow(
      `file ${name}: expected ${problem}; this loads GPT-2 and what is built like it`,
    );
  });

  it("null is refused by its first missing field", () => {
    expect(() => gpt2Config(null, { who: "file" })).toThrow(
      "file n_embd: expected a whole number of 1 or more, got nothing; this loads GPT-2 and what is built like it",
    );
  });
});

describe("a download", () => {
  it("that is there but not GPT-2 is refused by its path, without a network", async () => {
    const place = mkdtempSync(join(tmpdir(), "gpt2-"));
    const path = join(place, "gpt2", "config.json");
    mkdirSync(join(place, "gpt2"));
    writeFileSync(path, "{}");
    await expect(downloadGpt2({ folder: place })).rejects.toThrow(
      `download: expected 665 bytes, got 2 in ${path}. Delete that file and run this again`,
    );
    rmSync(place, { recursive: true });
  });
});

describe("a folder", () => {
  let place: string;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), "gpt2-"));
  });
  afterEach(() => {
    rmSync(place, { recursive: true });
  });

  it("without config.json, or with a broken one, is refused by its path", async () => {
    const path = join(place, "config.json");
    const advice = "name a folder with config.json and model.safetensors";
    await expect(loadGpt2(place)).rejects.toThrow(
      `${path}: expected the config of a GPT-2, got "ENOENT: no such file or directory, open '${path}'"; ${advice}`,
    );
    writeFileSync(path, "{");
    await expect(loadGpt2(place)).rejects.toThrow(`${path}: expected the config of a GPT-2, got "`);
  });

  it("whose weights are those of another model is refused by the tensor's name", async () => {
    copyFileSync(join(saved, "config.json"), join(place, "config.json"));
    const path = join(place, "model.safetensors");
    await writeSafetensors(path, new Map([...tensors, ["transformer.wpe.weight", numbers(8, 32)]]));
    await expect(loadGpt2(place)).rejects.toThrow(
      `${path} "transformer.wpe.weight": expected F32, F16 or BF16 of shape (16, 32), got F32 of (8, 32); is config.json of the same model?`,
    );
  });
});
