import { expect, it } from "vitest";

import { neighbourAgreement } from "../../src/bench/neighbour-agreement.ts";
import { WordVectors } from "../../src/models/word-vectors.ts";

it("counts the neighbours that both have, however the space is turned", () => {
  const words = ["a", "b", "c", "d"];
  const first = new WordVectors(words, Float32Array.of(1, 0, /**/ 9, 1, /**/ 0, 1, /**/ 1, 9));
  const turned = new WordVectors(words, Float32Array.of(0, 1, /**/ -1, 9, /**/ -1, 0, /**/ -9, 1));
  expect(neighbourAgreement([first, turned], words, { count: 1 })).toBe(1);
  // a stands with c, b with d: no word keeps its neighbour. With two neighbours one of them is common.
  const other = new WordVectors(words, Float32Array.of(1, 0, /**/ 0, 1, /**/ 9, 1, /**/ 1, 9));
  expect(neighbourAgreement([first, other], words, { count: 1 })).toBe(0);
  expect(neighbourAgreement([first, other], ["a"], { count: 2 })).toBe(0.5);
});
