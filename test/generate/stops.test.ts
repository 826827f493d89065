import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { Stops } from "../../src/generate/stops.ts";

/** What comes free of a text, number by number, and whether it was stopped. */
function read(text: readonly number[], stops: readonly (readonly number[])[]) {
  const watch = new Stops(stops);
  const waiting: number[] = [];
  const said: number[][] = [];
  for (const number of text) {
    waiting.push(number);
    const { free, stopped } = watch.add(number);
    said.push(waiting.splice(0, free));
    if (stopped) return { said, stopped };
  }
  return { said, stopped: false };
}

describe("stop sequences", () => {
  test("what may be the start of one waits until that is settled", () => {
    expect(read([7, 1, 1, 2, 9, 1, 2, 3], [[1, 2, 3]])).toEqual({
      // The second 1 sets the first free; the 9 sets 1 and 2 free.
      said: [[7], [], [1], [], [1, 2, 9], [], [], []],
      stopped: true,
    });
  });

  test("what waits at the end was none", () => {
    expect(read([5, 1, 2], [[1, 2, 3]])).toEqual({ said: [[5], [], []], stopped: false });
  });

  test("of two that end at once the longer one counts", () => {
    expect(read([4, 1, 2], [[2], [1, 2]])).toEqual({ said: [[4], [], []], stopped: true });
  });

  test("a short one ends inside of the start of a longer one", () => {
    expect(
      read(
        [1, 2, 3],
        [
          [1, 2, 3, 4],
          [2, 3],
        ],
      ),
    ).toEqual({
      said: [[], [], [1]],
      stopped: true,
    });
  });

  test("an empty one is refused", () => {
    expect(() => new Stops([[1], []])).toThrow(
      "stop: expected sequences of at least one token, got an empty one; leave it out to write up to the limit",
    );
  });

  const few = fc.integer({ min: 0, max: 2 });
  test("free is exactly what stands before the first that ends, and no more waits than needed", () => {
    fc.assert(
      fc.property(
        fc.array(few, { maxLength: 30 }),
        fc.array(fc.array(few, { minLength: 1, maxLength: 4 }), { maxLength: 3 }),
        (text, stops) => {
          const endsAt = (end: number, stop: readonly number[]): boolean =>
            end >= stop.length && stop.every((n, i) => text[end - stop.length + i] === n);
          let end = 0;
          const met = (): readonly (readonly number[])[] => stops.filter((s) => endsAt(end, s));
          while (end < text.length && met().length === 0) end++;
          const longest = Math.max(0, ...met().map(({ length }) => length));
          const { said, stopped } = read(text, stops);
          expect(stopped).toBe(longest > 0);
          const free = said.flat();
          if (stopped) expect(free).toEqual(text.slice(0, end - longest));
          // What waits is the start of a stop sequence, so it is shorter than the longest.
          else {
            const waiting = text.slice(free.length);
            expect(free.concat(waiting)).toEqual(text);
            const starts = stops.some((s) =>
              waiting.every((n, i) => s.length > waiting.length && s[i] === n),
            );
            expect(waiting.length === 0 || starts).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
