import { expect, test } from "vitest";

import { town, traitOf } from "../../datasets/town/town.ts";
import { jobs } from "../../datasets/town/words.ts";
import { experiment, townSentences, traitScore } from "../../src/experiments/town-relations.ts";
import { WordVectors } from "../../src/models/word-vectors.ts";

const place = town({ seed: 3 });
const people = place.people.filter(({ role }) => role === "asked" || role === "stated");
const axis = (i: number) => Array.from({ length: jobs.length }, (_, j) => (i === j ? 1 : 0));

/** Names that point at the job `shift` places after their own; every job has its own axis. */
function planted({ shift }: { readonly shift: number }): WordVectors {
  const rows = people.map(({ name }) => {
    const own = jobs.indexOf(traitOf(place, { person: name, about: "job" }));
    return axis((own + shift) % jobs.length);
  });
  const words = [...people.map(({ name }) => name), ...jobs];
  return new WordVectors(
    words,
    Float32Array.from([...rows, ...jobs.map((_, i) => axis(i))].flat()),
  );
}

test("vectors that know every job score 1, those that are one job off score 0", () => {
  const [right, wrong] = [planted({ shift: 0 }), planted({ shift: 1 })];
  for (const by of ["beside", "alike"] as const) {
    expect(traitScore(place, { inputs: right, outputs: right }, { about: "job", by })).toBe(1);
    expect(traitScore(place, { inputs: wrong, outputs: wrong }, { about: "job", by })).toBe(0);
  }
});

test("beside asks the outputs, alike does not", () => {
  const [right, none] = [planted({ shift: 0 }), planted({ shift: 0 }).vectors.map((x) => -x)];
  const vectors = { inputs: right, outputs: new WordVectors(right.words, none) };
  expect(traitScore(place, vectors, { about: "job", by: "alike" })).toBe(1);
  expect(traitScore(place, vectors, { about: "job", by: "beside" })).toBe(0);
});

test("shuffled sentences have the same words and lengths in another order", () => {
  const said = townSentences(place, { seed: 1 });
  const shuffled = townSentences(place, { seed: 1, shuffled: true });
  expect(shuffled.map(({ length }) => length)).toEqual(said.map(({ length }) => length));
  expect(shuffled.flat().sort()).toEqual(said.flat().sort());
  expect(shuffled.flat()).not.toEqual(said.flat());
});

test("names stand beside their jobs without being like them, and shuffled words say nothing", async () => {
  const values = await experiment.run({ seed: 1 });

  expect(values["jobBeside"]).toBeGreaterThan(0.95);
  expect(values["jobAlike"]).toBeLessThan(0.4);
  expect(values["streetAlike"]).toBeGreaterThan(0.9);
  expect(values["jobShuffled"]).toBeLessThan(0.3);
});
