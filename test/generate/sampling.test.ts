import { describe, expect, test } from "vitest";

import { Random } from "../../src/core/random.ts";
import { distribution, draw, sample } from "../../src/generate/sampling.ts";

/** Logits whose probabilities are these. */
const logits = (...probabilities: number[]): Float32Array =>
  Float32Array.from(probabilities, (p) => Math.log(p));

const rounded = (probabilities: Float32Array): number[] =>
  Array.from(probabilities, (p) => Math.round(p * 1e4) / 1e4);

describe("the distribution after all filters", () => {
  const three = logits(0.5, 0.3, 0.2);

  test.each<[string, Parameters<typeof distribution>[1], number[]]>([
    ["without options is softmax", {}, [0.5, 0.3, 0.2]],
    // Squares 0.25, 0.09, 0.04, which add up to 0.38.
    ["at temperature 1/2 has squares", { temperature: 0.5 }, [0.6579, 0.2368, 0.1053]],
    // Roots 0.7071, 0.5477, 0.4472, which add up to 1.7020.
    ["at temperature 2 has roots", { temperature: 2 }, [0.4154, 0.3218, 0.2628]],
    ["at temperature 0 has the likeliest alone", { temperature: 0 }, [1, 0, 0]],
    ["of the 2 likeliest", { topK: 2 }, [0.625, 0.375, 0]],
    ["of more than there are", { topK: 4 }, [0.5, 0.3, 0.2]],
    ["of the one that reaches a share", { topP: 0.49 }, [1, 0, 0]],
    ["of the two that reach a share", { topP: 0.51 }, [0.625, 0.375, 0]],
    ["of all that are needed", { topP: 0.81 }, [0.5, 0.3, 0.2]],
    ["of the least share there is", { topP: Number.MIN_VALUE }, [1, 0, 0]],
    // Of the two that top-k leaves, 0.625 is more than 0.6; of all three, 0.5 would not do.
    ["takes top-p of what top-k has left", { topK: 2, topP: 0.6 }, [1, 0, 0]],
    // Squared, the first has 0.658; as it was, 0.5 would not do.
    ["takes top-p after the temperature", { temperature: 0.5, topP: 0.6 }, [1, 0, 0]],
  ])("%s", (_, options, expected) => {
    expect(rounded(distribution(three, options))).toEqual(expected);
  });

  test("divides a positive logit of a previous token by the penalty and multiplies a negative one", () => {
    const options = { repetitionPenalty: 2, previous: [0, 1, 0] };
    // 2 -> 1, −1 -> −2, 0 stays: e = 2.7183, 0.1353, 1, which add up to 3.8536.
    const penalized = distribution(Float32Array.of(2, -1, 0), options);
    expect(rounded(penalized)).toEqual([0.7054, 0.0351, 0.2595]);
    // The penalty comes before the likeliest is taken.
    const greedy = distribution(Float32Array.of(1, -3, 0.9), { ...options, temperature: 0 });
    expect([...greedy]).toEqual([0, 0, 1]);
  });

  test("of equal tokens keeps the ones with lower ids", () => {
    const equal = Float32Array.of(0, 1, 1, 1);
    expect(rounded(distribution(equal, { topK: 2 }))).toEqual([0, 0.5, 0.5, 0]);
    expect(rounded(distribution(equal, { topP: 0.1 }))).toEqual([0, 1, 0, 0]);
    expect(rounded(distribution(equal, { temperature: 0 }))).toEqual([0, 1, 0, 0]);
  });

  test("never has a token whose logit is −∞", () => {
    const masked = Float32Array.of(-Infinity, 0, 0);
    expect(rounded(distribution(masked, { topK: 3, topP: 0.99 }))).toEqual([0, 0.5, 0.5]);
  });

  test("holds where logits are huge or the temperature tiny", () => {
    expect(rounded(distribution(Float32Array.of(3e38, 3e38, -3e38)))).toEqual([0.5, 0.5, 0]);
    expect(rounded(distribution(three, { temperature: 1e-320 }))).toEqual([1, 0, 0]);
  });

  test("of one token is 1", () => {
    const one = Float32Array.of(-7);
    expect([...distribution(one, { topK: 1, topP: 0.5, temperature: 0.3 })]).toEqual([1]);
    expect(sample(one, {}, new Random(1))).toBe(0);
  });
});

describe("a draw", () => {
  const six = Float32Array.of(0.3, -1, 2, 0.9, -0.4, 1.1);

  test.each<[string, Parameters<typeof distribution>[1]]>([
    ["softmax", {}],
    ["temperature", { temperature: 1.7 }],
    ["top-k", { topK: 4 }],
    ["top-p", { topP: 0.8 }],
    ["all", { temperature: 1.3, topK: 5, topP: 0.95, repetitionPenalty: 1.5, previous: [2, 4] }],
  ])("has the probabilities of the distribution: %s", (_, options = {}) => {
    const N = 20_000;
    const exact = distribution(six, options);
    const random = new Random(11);
    const counts = new Array<number>(6).fill(0);
    let furthest = 0;
    for (let n = 0; n < N; n++) {
      const { id, probability } = draw(six, options, random);
      counts[id]!++;
      furthest = Math.max(furthest, Math.abs(probability - exact[id]!));
    }
    expect(furthest).toBeLessThan(1e-6);
    let chiSquare = 0;
    exact.forEach((p, v) => {
      if (p === 0) expect(counts[v]).toBe(0);
      else chiSquare += (counts[v]! - N * p) ** 2 / (N * p);
    });
    // At most 5 degrees of freedom: larger in one of 1000 such tests.
    expect(chiSquare).toBeLessThan(20.5);
  });

  test("takes one uniform number, at temperature 0 none", () => {
    const [random, other] = [new Random(5), new Random(5)];
    sample(six, { temperature: 0 }, random);
    expect(random.position).toBe(0);
    sample(six, { topK: 2 }, random);
    other.uniform();
    expect(random.position).toBe(other.position);
  });

  test("from the same numbers is the same", () => {
    const text = (seed: number): number[] => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => sample(six, {}, random));
    };
    expect(text(3)).toEqual(text(3));
    expect(text(3)).not.toEqual(text(4));
  });
});

describe("refused are", () => {
  test.each<[Parameters<typeof distribution>[1], string]>([
    [
      { temperature: -1 },
      "sample temperature: expected a number from 0 (the likeliest token), such as 0.8, got -1",
    ],
    [
      { temperature: NaN },
      "sample temperature: expected a number from 0 (the likeliest token), such as 0.8, got NaN",
    ],
    [
      { topK: 0 },
      "sample topK: expected a whole number from 1; leave it out to keep all tokens, got 0",
    ],
    [
      { topK: 1.5 },
      "sample topK: expected a whole number from 1; leave it out to keep all tokens, got 1.5",
    ],
    [
      { topP: 0 },
      "sample topP: expected a number above 0 and at most 1 (which keeps all tokens), got 0",
    ],
    [
      { topP: 1.1 },
      "sample topP: expected a number above 0 and at most 1 (which keeps all tokens), got 1.1",
    ],
    [
      { repetitionPenalty: 0 },
      "sample repetitionPenalty: expected a number above 0, such as 1.2; 1 is none, got 0",
    ],
  ])("the options %j", (options, message) => {
    const refused = expect(() => distribution(Float32Array.of(0, 1), options));
    refused.toThrow(expect.objectContaining({ name: "ConfigError", message }));
  });

  test.each<[string, Float32Array, Parameters<typeof distribution>[1], string]>([
    [
      "NaN",
      Float32Array.of(0, NaN),
      {},
      "sample: expected logits that are numbers, got NaN for token 1; has the training of the model failed?",
    ],
    [
      "∞",
      Float32Array.of(Infinity, 0),
      { temperature: 0 },
      "sample: expected logits that are numbers, got Infinity for token 0; has the training of the model failed?",
    ],
    [
      "−∞ alone",
      Float32Array.of(-Infinity, -Infinity),
      {},
      "sample: expected a logit of at least one token, got -Infinity for all tokens; some token must be possible",
    ],
    [
      "no logits",
      new Float32Array(0),
      {},
      "sample: expected a logit of at least one token, got none; some token must be possible",
    ],
    [
      "a previous id without a logit",
      Float32Array.of(0, 1),
      { repetitionPenalty: 1.2, previous: [2] },
      "sample: expected previous ids from 0 to 1, got 2; were they made with the model's tokenizer?",
    ],
  ])("%s", (_, numbers, options, message) => {
    const refused = expect(() => sample(numbers, options ?? {}, new Random(1)));
    refused.toThrow(expect.objectContaining({ name: "DataError", message }));
  });
});
