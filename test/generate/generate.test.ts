import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { loadedTensorFlow } from "../../src/backend/tensorflow.ts";
import { Interrupted, stopFlag } from "../../src/core/interrupt.ts";
import { Random } from "../../src/core/random.ts";
import type { GenerateEvent } from "../../src/generate/events.ts";
import { generate, type GenerateOptions } from "../../src/generate/generate.ts";
import { sample } from "../../src/generate/sampling.ts";
import { GptSteps } from "../../src/generate/steps.ts";
import type { Gpt } from "../../src/models/gpt.ts";
import { aGpt, kinds } from "../models/a-gpt.ts";
import { engines } from "../ops/everywhere.ts";

const prompts: readonly (readonly number[])[] = [
  [3, 1, 4, 1, 5],
  [9],
  [2, 6, 5, 3, 5, 8, 9, 7, 9, 3],
];

async function events(
  model: Gpt,
  texts: readonly (readonly number[])[],
  options: GenerateOptions,
): Promise<GenerateEvent[]> {
  const told: GenerateEvent[] = [];
  for await (const event of generate(model, texts, options)) told.push(event);
  return told;
}

/** The ids of each row. */
async function write(...args: Parameters<typeof events>): Promise<number[][]> {
  const rows = args[1].map((): number[] => []);
  for (const event of await events(...args))
    if (event.type === "token") rows[event.row]!.push(event.id);
  return rows;
}

/** The same by reading the whole text of one row for each token, without padding, neighbours or a cache. */
function writeAlone(
  model: Gpt,
  prompt: readonly number[],
  { row, tokens, seed, ...options }: GenerateOptions & { row: number },
): number[] {
  const random = new Random(seed);
  random.position = row * 2 ** 32;
  const { context, vocabulary: V } = model.config;
  const ids: number[] = [];
  let window = prompt.slice(-context);
  for (let n = 0; n < tokens; n++) {
    const logits = tf.tidy(() => {
      const read = model.forward(tf.tensor2d([window], [1, window.length], "int32"));
      return tf.slice(read, [0, window.length - 1, 0], [1, 1, V]).dataSync() as Float32Array;
    });
    ids.push(sample(logits, { ...options, previous: [...prompt, ...ids] }, random));
    window.push(ids.at(-1)!);
    // The window slides: its last half goes on.
    if (window.length > context) window = window.slice(-Math.floor(context / 2));
  }
  return ids;
}

const ways: readonly [string, Partial<GenerateOptions>][] = [
  ["greedy", { temperature: 0 }],
  ["sampled", { temperature: 1.2, topK: 9, topP: 0.97, repetitionPenalty: 1.1 }],
];

describe.each(engines)("writing on %s", (engine) => {
  beforeAll(() => useEngine(engine));

  // On each engine every kind of position, norm and bias, though not in every combination.
  const some = kinds.filter((_, n) => engine === "cpu" || n % 5 === 0);
  test.each(some)(
    "with the cache is writing without, to the last id: %s, norm %s, bias %s",
    async (positions, norm, bias) => {
      const model = aGpt({ positions, norm, bias, layers: 1 });
      const steps = new GptSteps(model);
      for (const [way, how] of ways) {
        // In 13 tokens every row slides, each at a time of its own, one of them twice.
        const options = { ...how, tokens: 13, seed: 5, steps };
        const cached = await write(model, prompts, options);
        const alone = prompts.map((prompt, row) => writeAlone(model, prompt, { ...options, row }));
        expect(cached, way).toEqual(alone);
        expect(await write(model, prompts, { ...options, cached: false }), way).toEqual(alone);
      }
      steps.dispose();
      model.dispose();
    },
  );
});

describe.runIf(engines.includes("tensorflow"))("200 tokens", () => {
  test("run one graph, whatever their position, and the prompt a second", async () => {
    await useEngine("tensorflow");
    const model = aGpt({ context: 256 });
    const steps = new GptSteps(model);
    await write(model, [[1], [2, 3]], { tokens: 200, seed: 1, steps });
    expect(steps.next.stats()).toMatchObject({ traces: 1, eagerCalls: 0, fallback: null });
    expect(steps.prefill.stats()).toMatchObject({ traces: 1, eagerCalls: 0, fallback: null });
    await write(model, [[3, 4, 5], [6]], { tokens: 5, seed: 2, steps });
    expect([steps.next.stats().traces, steps.prefill.stats().traces]).toEqual([1, 1]);
    steps.dispose();
    model.dispose();
  });

  // More than 16 speeds of waves: a compiled step takes no longer list of numbers.
  test.each(["learned", "sinusoids", "rotary"] as const)(
    "run it where channels are many: %s positions",
    async (positions) => {
      await useEngine("tensorflow");
      const graphsNow = (): number => loadedTensorFlow().node.getNumOfSavedModels();
      const model = aGpt({ positions, channels: 80 });
      const graphs = graphsNow();
      const written = write(model, [[1]], { tokens: 3, seed: 1, temperature: 0 });
      expect(await written).toEqual([
        writeAlone(model, [1], { tokens: 3, seed: 1, temperature: 0, row: 0 }),
      ]);
      // Graphs that were made for one call are freed with it.
      expect(graphsNow()).toBe(graphs);
      model.dispose();
    },
  );
});

describe("writing", () => {
  let model: Gpt;
  let before: number;
  beforeAll(() => useEngine("cpu"));
  beforeEach(() => {
    model = aGpt();
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  test("tells each token with its place and probability, and why it ends", async () => {
    const told = await events(model, [[1, 2], [3]], { tokens: 2, seed: 1, temperature: 0 });
    expect(told.map(({ type, row }) => `${type} ${row}`)).toEqual([
      "token 0",
      "token 1",
      "token 0",
      "end 0",
      "token 1",
      "end 1",
    ]);
    expect(told[0]).toEqual({
      type: "token",
      row: 0,
      id: expect.any(Number) as number,
      position: 2,
      probability: 1,
    });
    expect(told[4]).toMatchObject({ position: 2 });
    expect(told[5]).toEqual({ type: "end", row: 1, reason: "length" });
  });

  test("slides the window when it is full, and says so", async () => {
    const slides = (told: readonly GenerateEvent[]): number[] =>
      told.flatMap((event, place) => (event.type === "slide" ? [place] : []));
    const told = await events(model, [new Array<number>(10).fill(1)], { tokens: 12, seed: 1 });
    // 10 + 3 = 13 > 12, of which 6 are kept; 6 + 7 = 13 again.
    expect(told[3]).toEqual({ type: "slide", row: 0, kept: 6 });
    expect(slides(told)).toEqual([3, 11]);
    const long = await events(model, [new Array<number>(30).fill(1)], { tokens: 2, seed: 1 });
    expect(slides(long)).toEqual([1]);
  });

  test("goes on in a context of one token", async () => {
    const short = aGpt({ context: 1 });
    const options = { tokens: 6, seed: 1, row: 0 };
    const ids: number[] = [];
    const random = new Random(1);
    for (let last = 4; ids.length < 6; ids.push(last)) {
      last = tf.tidy(() =>
        sample(
          short.forward(tf.tensor2d([[last]], [1, 1], "int32")).dataSync() as Float32Array,
          {},
          random,
        ),
      );
    }
    expect(await write(short, [[1, 4]], options)).toEqual([ids]);
    short.dispose();
  });

  test("of a row does not depend on the rows beside it, nor on how many there are", async () => {
    const options = { tokens: 20, seed: 7 };
    const [, row] = await write(model, [[1, 2], [3, 4], [5]], options);
    expect(
      (
        await write(
          model,
          [
            [9, 9, 9, 9],
            [3, 4],
          ],
          options,
        )
      )[1],
    ).toEqual(row);
    // Equal prompts are continued differently.
    const [a, b] = await write(
      model,
      [
        [3, 4],
        [3, 4],
      ],
      options,
    );
    expect(a).not.toEqual(b);
    expect(b).toEqual(row);
  });

  test("is the same with the same seed, and with weights as they are now", async () => {
    const steps = new GptSteps(model);
    const options = { tokens: 20, seed: 7, steps };
    const first = await write(model, prompts, options);
    expect(await write(model, prompts, options)).toEqual(first);
    expect(await write(model, prompts, { ...options, seed: 8 })).not.toEqual(first);
    tf.tidy(() => model.variables["tokens"]!.assign(tf.neg(model.weights.tokens)));
    const changed = await write(model, prompts, options);
    expect(changed).not.toEqual(first);
    expect(await write(model, prompts, { tokens: 20, seed: 7 })).toEqual(changed);
    steps.dispose();
  });

  test("penalizes what the prompt has, too", async () => {
    const options = { tokens: 11, seed: 1, temperature: 0, repetitionPenalty: 1e6 };
    const [row] = await write(model, [[1, 2]], options);
    // Tokens that have been there come again only when none is new, or all new ones are unlikely too.
    expect(row!.slice(0, 3).filter((id) => id === 1 || id === 2)).toEqual([]);
  });

  describe("ends", () => {
    const options = { tokens: 20, seed: 7 };

    test("before a stop sequence, whose tokens are never told", async () => {
      const [free] = await write(model, [[1, 2]], options);
      const stop = free!.slice(5, 8);
      const place = free!.findIndex((_, i) => stop.every((id, j) => free![i + j] === id));
      const told = await events(model, [[1, 2], [3]], { ...options, stop: [stop] });
      const mine = told.filter(({ row }) => row === 0);
      expect(mine.flatMap((event) => (event.type === "token" ? [event.id] : []))).toEqual(
        free!.slice(0, place),
      );
      expect(mine.at(-1)).toEqual({ type: "end", row: 0, reason: "stop" });
      // The other row goes on to its limit, as without a stop.
      expect(told.at(-1)).toEqual({ type: "end", row: 1, reason: "length" });
    });

    test("with what waited for a stop sequence that did not come", async () => {
      const [free] = await write(model, [[1, 2]], options);
      const never = [free!.at(-1)!, 0, 0, 0];
      expect(await write(model, [[1, 2]], { ...options, stop: [never] })).toEqual([free]);
    });

    test("where it is when it is aborted", async () => {
      const abort = new AbortController();
      const told: GenerateEvent[] = [];
      for await (const event of generate(model, [[1], [2]], { ...options, signal: abort.signal })) {
        told.push(event);
        if (told.length === 3) abort.abort();
      }
      expect(told.slice(4)).toEqual([
        { type: "end", row: 0, reason: "aborted" },
        { type: "end", row: 1, reason: "aborted" },
      ]);
      expect(await events(model, [[1]], { ...options, signal: AbortSignal.abort() })).toEqual([
        { type: "end", row: 0, reason: "aborted" },
      ]);
    });

    test("with what waited, when it is aborted", async () => {
      const [free] = await write(model, [[1, 2]], options);
      const abort = new AbortController();
      const ids: number[] = [];
      // The second token waits, and the row beside it is heard.
      const stop = [[free![1]!, 99]];
      for await (const event of generate(model, [[1, 2], [3]], {
        ...options,
        stop,
        signal: abort.signal,
      })) {
        if (event.type === "token" && event.row === 0) ids.push(event.id);
        if (event.type === "token" && event.row === 1 && event.position === 2) abort.abort();
      }
      expect(ids).toEqual(free!.slice(0, 2));
    });

    test("when nobody listens any more, and frees everything", async () => {
      for await (const event of generate(model, prompts, options))
        if (event.type === "token" && event.position === 8) break;
      expect(tf.memory().numTensors).toBe(before);
    });

    test("when the reader presses Stop", async () => {
      const run = async (): Promise<void> => {
        for await (const event of generate(model, prompts, options))
          if (event.type === "token") Atomics.store(stopFlag, 0, 1);
      };
      Atomics.store(stopFlag, 1, 1);
      await expect(run()).rejects.toThrow(Interrupted);
      stopFlag.fill(0);
    });

    test("when the logits are no numbers, with an error", async () => {
      tf.tidy(() => model.variables["tokens"]!.assign(tf.fill(model.weights.tokens.shape, NaN)));
      await expect(write(model, prompts, options)).rejects.toThrow(
        "sample: expected logits that are numbers, got NaN for token 0; has the training of the model failed?",
      );
    });
  });

  describe("refuses", () => {
    const options = { tokens: 1, seed: 1 };
    test.each<[string, readonly (readonly number[])[], Partial<GenerateOptions>, string]>([
      ["no prompt", [], {}, "generate: expected at least one prompt, got none"],
      [
        "an empty prompt",
        [[1], []],
        {},
        "generate prompt 1: expected at least one id, got none; a line break does where there is nothing to say",
      ],
      [
        "an id that the model has not",
        [[1, 11]],
        {},
        "generate prompt 0: expected ids from 0 to 10, got 11; encode it with the tokenizer that the model was trained with",
      ],
      [
        "an id that is no whole number",
        [[0.5]],
        {},
        "generate prompt 0: expected ids from 0 to 10, got 0.5; encode it with the tokenizer that the model was trained with",
      ],
      [
        "no tokens",
        [[1]],
        { tokens: 0 },
        "generate tokens: expected a whole number from 1, got 0; it is the most that a row gets",
      ],
      [
        "options of sampling out of range",
        [[1]],
        { topP: 2 },
        "sample topP: expected a number above 0 and at most 1 (which keeps all tokens), got 2",
      ],
      [
        "an empty stop sequence",
        [[1]],
        { stop: [[]] },
        "stop: expected sequences of at least one token, got an empty one; leave it out to write up to the limit",
      ],
      [
        "a seed that is none",
        [[1]],
        { seed: -1 },
        "Random: expected a whole number from 0 to 2^53 - 1 as seed, got -1; use one such as 1",
      ],
    ])("%s", (_, texts, wrong, message) => {
      expect(() => generate(model, texts, { ...options, ...wrong })).toThrow(message);
    });

    test("steps of another model", () => {
      const other = aGpt();
      const steps = new GptSteps(other);
      expect(() => generate(model, [[1]], { ...options, steps })).toThrow(
        "generate steps: expected those of this model, got another model's",
      );
      steps.dispose();
      other.dispose();
    });
  });
});
