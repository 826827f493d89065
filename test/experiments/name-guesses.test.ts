import { expect, test } from "vitest";

import { femaleNames, maleNames } from "../../datasets/first-names/names.ts";
import { Value } from "../../src/autograd/value.ts";
import {
  experiment,
  labelledNames,
  lastLetter,
  NameGuesser,
  piecesOf,
  shuffledLabels,
  type LabelledName,
} from "../../src/experiments/name-guesses.ts";

test("names come half and half, each once, no held-out one among the seen", () => {
  const { seen, heldOut } = labelledNames({ seed: 1 });
  const all = [...seen, ...heldOut];
  expect(heldOut.length).toBe(1000);
  expect(all.filter(({ label }) => label === 1).length).toBe(all.length / 2);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const women = new Set(femaleNames().map((name) => name.toLowerCase()));
  const men = new Set(maleNames().map((name) => name.toLowerCase()));
  expect(all.every(({ name, label }) => (label === 1 ? women : men).has(name))).toBe(true);
  expect(all.some(({ name }) => women.has(name) && men.has(name))).toBe(false);
  expect(labelledNames({ seed: 2 }).heldOut).not.toEqual(heldOut);
});

test("pieces are runs of one to three letters with the ends marked, each once", () => {
  expect(piecesOf("ada")).toEqual(["a", "d", "^a", "ad", "da", "a$", "^ad", "ada", "da$"]);
  expect(lastLetter("anna")).toEqual(["a$"]);
});

const names: readonly LabelledName[] = [
  { name: "anna", label: 1 },
  { name: "otto", label: 0 },
];

test("one name moves its weights by the gradient that autograd finds", () => {
  const guesser = new NameGuesser();
  guesser.read(names); // weights that are not 0 any more
  const before = new Map(guesser.weights);
  const weights = new Map(piecesOf("otto").map((piece) => [piece, new Value(before.get(piece)!)]));
  const score = [...weights.values()].reduce((sum, weight) => sum.plus(weight));
  score.exp().plus(1).log().backward(); // −ln (1 − chance), the loss of a man's name
  guesser.read([names[1]!], { rate: 0.5 });
  for (const [piece, { gradient }] of weights) {
    expect(gradient).toBeGreaterThan(0);
    expect(guesser.weights.get(piece)).toBeCloseTo(before.get(piece)! - 0.5 * gradient, 12);
  }
});

test("it knows nothing at first, and what it has read later", () => {
  const guesser = new NameGuesser();
  expect(guesser.chance("anna")).toBe(0.5);
  for (let i = 0; i < 20; i++) guesser.read(names);
  expect(guesser.accuracy(names)).toBe(1);
  expect(guesser.chance("hanna")).toBeGreaterThan(0.8);
  expect(guesser.accuracy(names.map(({ name }) => ({ name, label: 1 })))).toBe(0.5);
});

test("the control keeps names and the number of answers, and parts them", () => {
  const { seen } = labelledNames({ seed: 1 });
  const few = seen.slice(0, 500);
  const lot = shuffledLabels(few, { seed: 1 });
  const sum = (list: readonly LabelledName[]): number => list.reduce((a, b) => a + b.label, 0);
  expect(lot.map(({ name }) => name)).toEqual(few.map(({ name }) => name));
  expect(sum(lot)).toBe(sum(few));
  const same = lot.filter(({ label }, i) => label === few[i]!.label).length;
  expect(same).toBeGreaterThan(200);
  expect(same).toBeLessThan(300);
});

test("all pieces beat the last letter on new names, and answers by lot are learned for nothing", async () => {
  const values = await experiment.run({ seed: 12 });
  expect(values["heldOut"]!).toBeGreaterThan(values["smallHeldOut"]! + 0.05);
  expect(values["fewSeen"]!).toBeGreaterThan(0.98);
  expect(values["fewHeldOut"]!).toBeLessThan(values["heldOut"]!);
  expect(values["lotSeen"]!).toBeGreaterThan(0.98);
  expect(Math.abs(values["lotHeldOut"]! - 0.5)).toBeLessThan(0.12);
});
