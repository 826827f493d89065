import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { IdListReader, IdListWriter } from "../../src/text/id-list.ts";

function read(parts: readonly string[]): number[] {
  const reader = new IdListReader("ids.json");
  const ids = parts.flatMap((part) => reader.add(part));
  reader.end();
  return ids;
}

function refusal(...parts: string[]): unknown {
  try {
    return read(parts);
  } catch (error) {
    return error;
  }
}

const error = (got: string, count: number): DataError =>
  new DataError(
    `ids.json: expected a JSON array of ids such as [464, 2872], got ${got} after ${count} ids; name a file that \`encode\` wrote`,
  );

describe("a list of ids", () => {
  test("is a JSON array, however many parts it is written in", () => {
    const lists = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(lists, (parts) => {
        const writer = new IdListWriter();
        const text = [...parts.map((ids) => writer.add(ids)), writer.end()].join("");

        expect(JSON.parse(text)).toEqual(parts.flat());
        expect(read([text])).toEqual(parts.flat());
      }),
    );
  });

  test("is read wherever its text is cut, whoever wrote it", () => {
    const ids = fc.array(fc.nat({ max: 200_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        ids,
        fc.constantFrom(0, 2),
        fc.integer({ min: 1, max: 9 }),
        (list, indent, size) => {
          const text = ` ${JSON.stringify(list, null, indent)}\n`;
          const parts = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];

          expect(read(parts)).toEqual(list);
        },
      ),
    );
  });

  test("that is none, does not end, or holds something else is refused", () => {
    expect(refusal("hello")).toEqual(error('"hello"', 0));
    expect(refusal("")).toEqual(error("nothing", 0));
    expect(refusal("[1,2,", "3")).toEqual(error('"3"', 2));
    expect(refusal("[1,-2]")).toEqual(error('"-2"', 1));
    expect(refusal("[1,2.5]")).toEqual(error('"2.5"', 1));
    expect(refusal("[1,,2]")).toEqual(error("nothing", 1));
    expect(refusal("[1,2] 3")).toEqual(error('"3"', 2));
    expect(refusal("[1,2,3]x")).toEqual(error('"x"', 3));
    expect(refusal(`[1,2,${"x".repeat(50)}`)).toEqual(error(`"${"x".repeat(40)}…"`, 2));
    expect(refusal("[1,2]", "\n", "x")).toEqual(error('"x"', 2));
    expect(refusal("[1,", "x".repeat(50))).toEqual(error(`"${"x".repeat(40)}…"`, 1));
  });
});
