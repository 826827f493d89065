import { expect, test } from "vitest";

import {
  analogiesOf,
  answer,
  answeredPart,
  pairKinds,
  type Analogy,
} from "../../src/experiments/word-analogies.ts";
import { WordVectors } from "../../src/models/word-vectors.ts";

// On a circle: b − a + c points between b and c, nearest to c; d is the next one, and e is nearest to c alone.
const angles = { a: 0, b: 20, c: 60, d: 75, e: 61 };
const round = Object.values(angles).flatMap((degrees) => {
  const radians = (degrees * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
});
const vectors = new WordVectors(Object.keys(angles), Float32Array.from(round));

test("seven pairs of a kind make forty-two questions, each pair asked against each other one", () => {
  for (const kind of pairKinds) {
    const questions = analogiesOf(kind);

    expect(questions.length, kind).toBe(42);
    expect(new Set(questions.map((one) => one.join(" "))).size, kind).toBe(42);
  }
  expect(analogiesOf("gender")).toContainEqual(["he", "she", "man", "woman"]);
  expect(analogiesOf("gender")).toContainEqual(["man", "woman", "he", "she"]);
});

test("the usual rule leaves the three words out, and the other two rules do not do the same", () => {
  // b − a + c lies at 70 degrees: (0.940 − 1 + 0.5, 0.342 + 0.866). Nearer than d and e is none but c itself.
  const question: Analogy = ["a", "b", "c", "d"];
  const near = new WordVectors(["a", "b", "c", "x"], Float32Array.of(1, 0, 1, 0.1, 0, 1, -1, 2));

  expect(answer(vectors, question, "usual")).toBe("d");
  expect(answer(vectors, question, "nearest to c")).toBe("e");
  expect(answer(vectors, ["e", "b", "c", "d"], "nearest to c")).toBe("d");
  expect(answer(near, ["a", "b", "c", "x"], "nothing left out")).toBe("c");
  expect(answer(near, ["a", "b", "c", "x"], "usual")).toBe("x");
});

test("arrows are brought to length 1 before they are added, by every rule", () => {
  const long = new WordVectors(
    Object.keys(angles),
    Float32Array.from(round, (value, i) => value * [1, 50, 3, 9, 0.1][Math.floor(i / 2)]!),
  );

  for (const rule of ["usual", "nothing left out", "nearest to c"] as const) {
    const question: Analogy = ["a", "b", "c", "d"];
    expect(answer(long, question, rule), rule).toBe(answer(vectors, question, rule));
  }
});

test("the part is that of right answers", () => {
  const questions: readonly Analogy[] = [
    ["a", "b", "c", "d"],
    ["a", "b", "c", "e"],
  ];

  expect(answeredPart(vectors, questions)).toBe(0.5);
  expect(answeredPart(vectors, questions, "nearest to c")).toBe(0.5);
});
