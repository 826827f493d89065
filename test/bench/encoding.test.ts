import { expect, test } from "vitest";

import { compareIds, encodingSide, encodingWorks } from "../../src/bench/encoding.ts";

test("says where two lists of ids part", () => {
  expect(compareIds([1, 2, 3], [1, 2, 3])).toBe("all 3 ids are the same");
  expect(compareIds([1, 2, 3], [1, 9, 3])).toBe("3 and 3 ids, the first that differs is number 2");
  expect(compareIds([1, 2], [1, 2, 3])).toBe("2 and 3 ids, the first that differs is number 3");
  expect(compareIds([1, 2, 3], [1, 2])).toBe("3 and 2 ids, the first that differs is number 3");
});

test("both sides encode the same text, cold and warm, special tokens as plain text", async () => {
  const text = "A special token as text: <|endoftext|> — 牛 and 12345 whales.";
  const works = encodingWorks({
    title: "a line",
    text: () => text,
    vocabulary: "gpt2",
    seconds: 1,
  });

  expect(works.map(({ name }) => name)).toEqual([
    "encode a line, gpt2, cold",
    "encode a line, gpt2, warm",
  ]);
  const prepared = [];
  for (const work of works) prepared.push(await work.prepare());
  expect(prepared[0]?.findings).toEqual([expect.stringMatching(/^all \d\d ids are the same$/)]);
  for (const { amount, ours, theirs } of prepared) {
    expect(amount).toBe(Buffer.byteLength(text) / 1e6);
    expect(await ours.round()).toBeGreaterThan(0);
    expect(await theirs.round()).toBeGreaterThan(0);
  }
});

test("a cold side works with a fresh tokenizer each round, made before the clock starts; a warm one never", async () => {
  let [made, encoded] = [0, 0];
  const encode = (): number[] => (encoded++, []);
  const make = () => {
    const until = performance.now() + 30;
    while (performance.now() < until);
    made++;
    return encode;
  };
  const cold = encodingSide("a", make, { warm: undefined, text: "x" });
  const warm = encodingSide("a", make, { warm: encode, text: "x" });

  expect(await cold.round()).toBeLessThan(0.02);
  await cold.round();
  expect([made, encoded]).toEqual([2, 2]);
  await warm.round();
  expect([made, encoded]).toEqual([2, 3]);
});
