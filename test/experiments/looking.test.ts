import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { DataError } from "../../src/core/errors.ts";
import { Looker, rightAnswers, type Example } from "../../src/experiments/looking.ts";

beforeAll(() => useEngine());

const words = ["a", "b", "c", "."];

/** At the first word the second is asked for: found only by looking. */
const copies: Example[] = Array.from({ length: 1280 }, (_, i) => {
  const second = words[i % 3] as string;
  return { words: ["a", second], answers: [second, undefined] };
});

async function trained(looker: Looker, examples: readonly Example[]): Promise<number[]> {
  const losses: number[] = [];
  for await (const { loss } of looker.train(examples)) losses.push(loss);
  return losses;
}

test("it learns what can be found by looking, and begins knowing nothing", async () => {
  const looker = new Looker({ words, channels: 16, seed: 1 });
  const losses = await trained(looker, copies);

  expect(losses).toHaveLength(40);
  expect(losses[0]).toBeCloseTo(Math.log(4), 0);
  expect(losses.at(-1)).toBeLessThan(0.3);
  expect(rightAnswers(looker, copies.slice(0, 6))).toBe(1);
  expect(looker.answersOf([["a", "b"]])[0]?.[0]).toBe("b");
  looker.dispose();
});

test("under a causal mask the second word cannot be seen, so it cannot be learned", async () => {
  const looker = new Looker({ words, channels: 16, causal: true, seed: 1 });
  const losses = await trained(looker, copies);

  expect(losses.at(-1)).toBeGreaterThan(1);
  expect(looker.weightsOf(["a", "b"])[0]![0]).toEqual([[1, 0], expect.anything()]);
  looker.dispose();
});

test("weights are one map a layer and head, each row adds up to 1; one seed, the same weights", () => {
  const config = { words, channels: 16, layers: 2, heads: 4, seed: 3 };
  const [one, same] = [new Looker(config), new Looker(config)];
  const maps = one.weightsOf(["a", "b", "c"]);

  expect([maps.length, maps[0]!.length, maps[0]![0]!.length]).toEqual([2, 4, 3]);
  for (const row of maps.flat(2)) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  expect(same.weightsOf(["a", "b", "c"])).toEqual(maps);
  one.dispose();
  same.dispose();
});

test("without places, words may change theirs and their logits go with them; with places not", () => {
  const at = (places: boolean): [readonly number[], readonly number[]] => {
    const looker = new Looker({ words, channels: 16, places, seed: 1 });
    const logits = [
      looker.logitsOf([["a", "b", "c"]])[0]![0]!,
      looker.logitsOf([["c", "b", "a"]])[0]![2]!,
    ];
    looker.dispose();
    return logits as [readonly number[], readonly number[]];
  };
  const distance = ([one, other]: [readonly number[], readonly number[]]): number =>
    Math.max(...one.map((logit, v) => Math.abs(logit - other[v]!)));

  expect(distance(at(false))).toBeLessThan(1e-6);
  expect(distance(at(true))).toBeGreaterThan(1e-3);
});

test("an even looker gives every word of a text the same answer", () => {
  const looker = new Looker({ words, channels: 16, even: true, seed: 1 });
  const [first, second] = looker.logitsOf([["a", "b"]])[0]!;

  second!.forEach((logit, v) => expect(logit).toBeCloseTo(first![v]!, 5));
  looker.dispose();
});

test("a training leaves nothing behind, and an abort ends it", async () => {
  const before = tf.memory().numTensors;
  const looker = new Looker({ words, channels: 8, seed: 1 });
  await trained(looker, copies.slice(0, 64));
  looker.answersOf([["a"]]);
  const abort = new AbortController();
  abort.abort(new Error("enough"));
  const training = looker.train(copies, { signal: abort.signal });
  await expect(training.next()).rejects.toThrow("enough");
  looker.dispose();

  expect(tf.memory().numTensors - before).toBe(0);
});

test("a word that it does not know is named", () => {
  const looker = new Looker({ words, channels: 8, seed: 1 });

  expect(() => looker.weightsOf(["a", "whale"])).toThrow(
    new DataError(
      'Looker: expected words of its vocabulary, got "whale"; sittingWords() of the town lists them',
    ),
  );
  looker.dispose();
});
