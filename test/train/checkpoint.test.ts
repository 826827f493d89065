import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { ConfigError, DataError } from "../../src/core/errors.ts";
import { stopFlag } from "../../src/core/interrupt.ts";
import {
  readSafetensors,
  readSafetensorsHeader,
  writeSafetensors,
  type StoredTensor,
} from "../../src/core/safetensors.ts";
import type { Corpus } from "../../src/data/split.ts";
import { Gpt, type GptConfig } from "../../src/models/gpt.ts";
import { loadCard, loadModel } from "../../src/train/checkpoint.ts";
import type { TrainConfig } from "../../src/train/config.ts";
import type { TrainEvent } from "../../src/train/events.ts";
import { train } from "../../src/train/train.ts";
import { eventsOf, smallCorpus, smallModel, smallTraining } from "./small-run.ts";

/** The checkpoint of a run that was stopped after two steps. */
let stopped: Uint8Array;
beforeAll(async () => {
  await useEngine("wasm"); // the engine does not matter here, and this one builds no graphs
  const to = mkdtempSync(join(tmpdir(), "checkpoint-"));
  await run({ to, until: 2 });
  stopped = readFileSync(join(to, "checkpoint.safetensors"));
  rmSync(to, { recursive: true });
});
const begin = (): void => writeFileSync(path, stopped);

let directory: string;
let path: string;
beforeEach(async () => {
  await useEngine("wasm");
  directory = mkdtempSync(join(tmpdir(), "checkpoint-"));
  path = join(directory, "checkpoint.safetensors");
});
afterEach(() => {
  rmSync(directory, { recursive: true });
  tf.disposeVariables();
});

const dropping: GptConfig = { ...smallModel, dropout: 0.2, bias: true };

interface RunOptions {
  readonly model?: GptConfig;
  readonly corpus?: Corpus;
  readonly config?: Partial<TrainConfig>;
  readonly resume?: boolean;
  readonly to?: string;
  /** The step after which it is aborted. */
  readonly until?: number;
}

/** A run in a fresh model, as a new process would begin it. */
async function run({
  model: kind = dropping,
  corpus = smallCorpus(),
  config = {},
  resume = false,
  to = directory,
  until = Infinity,
}: RunOptions = {}): Promise<TrainEvent[]> {
  const model = new Gpt(kind, { seed: resume ? 9 : 1 });
  const controller = new AbortController();
  const events: TrainEvent[] = [];
  const options = { directory: to, resume, signal: controller.signal };
  for await (const event of train(model, corpus, { ...smallTraining, ...config }, options)) {
    events.push(event);
    if (event.type === "step" && event.step === until) controller.abort();
  }
  model.dispose();
  return events;
}

const names = (events: readonly TrainEvent[]): string[] =>
  events.map(({ type, step }) => `${type} ${step}`);

describe("a checkpoint", () => {
  it("holds weights and what the optimizer remembers by path, and the settings", async () => {
    const model = new Gpt(dropping, { seed: 1 });
    const config = { ...smallTraining, steps: 3, clip: Infinity };
    await eventsOf(train(model, smallCorpus(), config, { directory }));
    const { tensors, metadata } = await readSafetensors(path);
    const paths = Object.keys(model.variables);
    expect(paths).toContain("blocks.0.attention.qkv.weight");
    expect([...tensors.keys()].sort()).toEqual(
      [
        ...paths.map((each) => `model/${each}`),
        ...paths.flatMap((each) => [`optimizer/m/${each}`, `optimizer/v/${each}`]),
        "optimizer/step",
      ].sort(),
    );
    for (const [name, variable] of Object.entries(model.variables)) {
      const { shape, data } = tensors.get(`model/${name}`)!;
      expect([shape, data]).toEqual([variable.shape, variable.dataSync()]);
    }
    // m is a mean of gradients of both signs, v one of squares: each in its place.
    const m = tensors.get("optimizer/m/tokens")!.data as Float32Array;
    const v = tensors.get("optimizer/v/tokens")!.data as Float32Array;
    expect(Math.min(...m)).toBeLessThan(0);
    expect(Math.min(...v)).toBeGreaterThanOrEqual(0);
    expect(tensors.get("optimizer/step")).toEqual({
      dtype: "I32",
      shape: [],
      data: Int32Array.of(3),
    });
    expect(metadata["format"]).toBe("glassbox checkpoint 1");
    const card = await loadCard(directory);
    expect(card).toMatchObject({ config: dropping, training: config, step: 3, position: 12 });
  });

  it("gives the model back, which then writes the same logits", async () => {
    const model = new Gpt(dropping, { seed: 1 });
    await eventsOf(train(model, smallCorpus(), { ...smallTraining, steps: 3 }, { directory }));
    const before = tf.memory().numTensors;
    const { model: loaded, card } = await loadModel(directory);
    expect(card.step).toBe(3);
    const [a, b] = [model, loaded].map((each) =>
      tf.tidy(() => each.forward(tf.tensor2d([[1, 2, 3]], [1, 3], "int32")).dataSync()),
    );
    expect(b).toEqual(a);
    loaded.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("comes every few steps, at the end, and where the signal stops the run", async () => {
    const config = { steps: 5, checkpointEvery: 2 };
    const step = [1, 2, 3, 4, 5].map((each) => `step ${each}`);
    expect(names(await run({ config }))).toEqual([
      ...step.slice(0, 2),
      "checkpoint 2",
      ...step.slice(2, 4),
      "checkpoint 4",
      step[4],
      "checkpoint 5",
    ]);
    const other = join(directory, "new", "folder");
    const events = await run({ to: other, config: { steps: 5 }, until: 3 });
    expect(names(events)).toEqual([...step.slice(0, 3), "checkpoint 3"]);
    expect(events.at(-1)).toEqual({
      type: "checkpoint",
      step: 3,
      path: join(other, "checkpoint.safetensors"),
    });
  });

  it("is written when Stop is pressed", async () => {
    Atomics.store(stopFlag, 1, 7);
    try {
      const events = train(new Gpt(dropping, { seed: 1 }), smallCorpus(), smallTraining, {
        directory,
      });
      await events.next();
      Atomics.store(stopFlag, 0, 7);
      await expect(eventsOf(events)).rejects.toThrow("stopped by the reader");
      expect((await loadCard(directory)).step).toBe(1);
    } finally {
      stopFlag.fill(0);
    }
  });
});

describe("a resumed run", () => {
  it.each([
    ["tensorflow", {}],
    ["tensorflow", { accumulate: 2 }],
    ["wasm", {}],
  ] as const)(
    "on %s ends with the bytes of one that never stopped: %o",
    async (engine, config) => {
      await useEngine(engine);
      const whole = join(directory, "whole");
      await run({ to: whole, config });
      const expected = readFileSync(join(whole, "checkpoint.safetensors"));
      await run({ config, until: 5 });
      expect(readFileSync(path).equals(expected)).toBe(false);
      await run({ config, resume: true, until: 6 });
      // The same settings, written down in another order.
      const model = Object.fromEntries(Object.entries(dropping).reverse()) as unknown as GptConfig;
      const events = await run({ config, model, resume: true });
      expect(names(events)[0]).toBe("step 7");
      expect(readFileSync(path).equals(expected)).toBe(true);
    },
    60_000,
  );

  it("begins where there is no checkpoint yet", async () => {
    expect(names(await run({ resume: true, config: { steps: 1 } }))).toEqual([
      "step 1",
      "checkpoint 1",
    ]);
  });

  it("that is finished says where its checkpoint is, and has its weights", async () => {
    await run({ config: { steps: 2, evaluateEvery: 1 } });
    const before = readFileSync(path);
    const model = new Gpt(dropping, { seed: 5 });
    const config = { ...smallTraining, steps: 2, evaluateEvery: 1 };
    const events = train(model, smallCorpus(), config, { directory, resume: true });
    expect(await eventsOf(events)).toEqual([{ type: "checkpoint", step: 2, path }]);
    expect(readFileSync(path)).toEqual(before);
    const { tensors } = await readSafetensors(path);
    expect(model.variables["tokens"]!.dataSync()).toEqual(tensors.get("model/tokens")!.data);
  });

  it("may report otherwise", async () => {
    begin();
    const config = { evaluateEvery: 3, checkpointEvery: 4 };
    expect(names(await run({ resume: true, config, until: 3 }))).toEqual([
      "step 3",
      "checkpoint 3",
    ]);
  });

  it.each<[string, RunOptions, string]>([
    [
      "another rate",
      { config: { learningRate: 0.02 } },
      "expected the train setting learningRate = 0.01 that this run began with, got 0.02; resume with the same settings, or begin anew in another folder",
    ],
    [
      "more steps",
      { config: { steps: 20 } },
      "expected the train setting steps = 12 that this run began with, got 20; resume with the same settings, or begin anew in another folder",
    ],
    [
      "another model",
      { model: { ...dropping, channels: 32 } },
      "expected the model setting channels = 16 that this run began with, got 32; resume with the same settings, or begin anew in another folder",
    ],
    [
      "another text",
      { corpus: { ...smallCorpus(), train: new Int32Array(99) } },
      "expected the text that this run began with, got another one; resume with the same text and tokenizer, or begin anew in another folder",
    ],
  ])("is refused with %s, and the checkpoint stays", async (_, other, message) => {
    begin();
    const before = readFileSync(path);
    const tensors = tf.memory().numTensors;
    await expect(run({ ...other, resume: true })).rejects.toThrow(
      new ConfigError(`${path}: ${message}`),
    );
    expect(readFileSync(path)).toEqual(before);
    tf.disposeVariables();
    expect(tf.memory().numTensors).toBeLessThanOrEqual(tensors);
  });

  it("must be asked for: a run that begins anew writes over no checkpoint", async () => {
    begin();
    const before = readFileSync(path);
    await expect(run()).rejects.toThrow(
      new ConfigError(
        `train: expected a folder without a checkpoint to begin in, got ${path}; resume that run, or name another folder`,
      ),
    );
    expect(readFileSync(path)).toEqual(before);
  });
});

describe("a checkpoint that is not sound", () => {
  /** Writes the checkpoint of a short run, changed. */
  async function changed(
    change: (file: {
      tensors: Map<string, StoredTensor>;
      metadata: Record<string, string>;
    }) => void,
  ): Promise<void> {
    begin();
    const { tensors, metadata } = await readSafetensors(path);
    const file = { tensors: new Map(tensors), metadata: { ...metadata } };
    change(file);
    await writeSafetensors(path, file.tensors, { metadata: file.metadata });
  }

  const expectRefused = async (message: string, reader: () => Promise<unknown>): Promise<void> => {
    const before = readFileSync(path);
    await expect(reader()).rejects.toThrow(new DataError(`${path}: ${message}`));
    expect(readFileSync(path)).toEqual(before);
  };
  const resumed = (): Promise<unknown> => run({ resume: true });
  const loaded = (): Promise<unknown> => loadModel(directory);

  it("is refused when it is cut off", async () => {
    begin();
    const { entries } = await readSafetensorsHeader(path);
    truncateSync(path, stopped.length - 100);
    const { to: size } = entries.at(-1)!;
    const message = `expected ${size} bytes of data, got ${size - 100}; it is cut off`;
    await expectRefused(message, resumed);
    await expectRefused(message, loaded);
    truncateSync(path, 3);
    await expectRefused(
      "expected a safetensors file, got 3 bytes; it is cut off or of another form",
      resumed,
    );
  });

  it("is refused when it is not there", async () => {
    await expect(loaded()).rejects.toThrow(
      new DataError(
        `${path}: expected a safetensors file that can be read, got "ENOENT: no such file or directory, stat '${path}'"; name another`,
      ),
    );
  });

  it("is refused when another program wrote it", async () => {
    await changed(({ metadata }) => delete metadata["format"]);
    const message =
      'expected a checkpoint of this program, "glassbox checkpoint 1", got tensors without a format; name the folder that a training wrote';
    await expectRefused(message, resumed);
    await expectRefused(message, loaded);
  });

  it.each<[string, string, string]>([
    ["step", '"two"', 'expected a number as step, got "two"'],
    ["firstLoss", "null", "expected a number as firstLoss, got null"],
    ["config", "7", "expected an object as config, got 7"],
    ["config", "{", "expected an object as config, got nothing"],
    ["training", "{}", "expected a number as training.steps, got nothing"],
  ])("is refused when its %s is %s", async (name, text, message) => {
    await changed(({ metadata }) => (metadata[name] = text));
    await expectRefused(`${message}; the checkpoint is damaged or of another version`, resumed);
  });

  it("is refused when a tensor is missing, another one, or one too many", async () => {
    const name = "optimizer/m/tokens";
    await changed(({ tensors }) => tensors.delete(name));
    await expectRefused(
      `expected "${name}" as F32 of shape (8, 16), got none; the checkpoint is of another model or damaged`,
      resumed,
    );
    await changed(({ tensors }) => tensors.set(name, { ...tensors.get(name)!, shape: [16, 8] }));
    await expectRefused(
      `expected "${name}" as F32 of shape (8, 16), got F32 of shape (16, 8); the checkpoint is of another model or damaged`,
      resumed,
    );
    await changed(({ tensors }) => tensors.set("more", tensors.get(name)!));
    await expectRefused(
      'expected the tensors of the model that its card describes, got "more" as well; the checkpoint is damaged',
      resumed,
    );
  });

  it("is refused when its card describes a larger model than it holds, before any memory is taken", async () => {
    const config = (other: Partial<GptConfig>): string => JSON.stringify({ ...dropping, ...other });
    await changed(({ metadata }) => (metadata["config"] = config({ layers: 1e12 })));
    await expect(loaded()).rejects.toThrow(/expected Infinity weights for the model that its card/);
    await changed(({ metadata }) => (metadata["config"] = config({ vocabulary: 1e9 })));
    await expect(loaded()).rejects.toThrow(
      /expected 16000003\d+ weights for the model that its card/,
    );
    await changed(({ metadata }) => (metadata["config"] = config({ heads: 3 })));
    await expectRefused(
      "Gpt heads: expected a divisor of 16 channels, got 3; each head gets an equal part; the checkpoint is damaged",
      loaded,
    );
  });

  it("never takes the place of a good one: NaN and explosions end a run before it is written", async () => {
    begin();
    const before = readFileSync(path);
    const model = new Gpt(dropping, { seed: 1 });
    const continued = (): ReturnType<typeof train> =>
      train(
        model,
        smallCorpus(),
        { ...smallTraining, checkpointEvery: 3 },
        {
          directory,
          resume: true,
        },
      );
    const good = `the last good checkpoint is that of step 2, ${path}`;
    // After the third step, which was still sound, its weights are spoilt: nothing measured so far shows it.
    for (const [value, got] of [
      [NaN, "NaN"],
      [1e3, "\\d+(\\.\\d+)?"],
    ] as const) {
      const events = continued();
      expect((await events.next()).value).toMatchObject({ type: "step", step: 3 });
      const { tokens } = model.variables;
      tokens!.assign(tf.tidy(() => tf.mul(tokens!, value)));
      await expect(eventsOf(events)).rejects.toThrow(
        new RegExp(
          `^train, step 3: expected a loss of at most [\\d.]+ and a finite gradient norm, got a loss of ${got} and a norm of [\\d.]+; lower learningRate \\(0\\.01\\) or clip, or lengthen warmUp; ${good}$`,
        ),
      );
      expect(readFileSync(path)).toEqual(before);
    }
    // What no loss shows: a number that is not finite where the probe does not look.
    const events = continued();
    await events.next();
    const state = Object.values(tf.engine().registeredVariables).filter(
      (each) => each.shape.join() === "8,16" && !Object.values(model.variables).includes(each),
    );
    for (const each of state) each.assign(tf.fill(each.shape, Infinity));
    await expect(eventsOf(events)).rejects.toThrow(
      /^.*checkpoint\.safetensors: expected finite numbers to save, got Infinity in .+; the model is broken, what was saved before is intact$/,
    );
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(directory)).toEqual(["checkpoint.safetensors"]);
  });

  it("says which folder cannot be one", async () => {
    writeFileSync(path, "");
    await expect(run({ to: join(path, "below") })).rejects.toThrow(
      new DataError(
        `${join(path, "below")}: expected a folder for checkpoints, got "ENOTDIR: not a directory, mkdir '${join(path, "below")}'"; name one that can be made`,
      ),
    );
  });
});
