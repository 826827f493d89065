import { describe, expect, it } from "vitest";

import { ConfigError } from "../../../src/core/errors.ts";
import type { Attributes } from "../../../src/jit/graph.ts";
import {
  axesOf,
  axisOf,
  elementTypeOf,
  flagOf,
  numberOf,
  numbersForAxes,
  numbersOf,
  pairsOf,
  textOf,
} from "../../../src/jit/kernels/attributes.ts";

describe("the attributes of a kernel", () => {
  it("are read as what they are", () => {
    const attributes = { depth: 3, perm: [1, 0], strides: 2, mode: "same", dtype: "int32" };
    expect(numberOf(attributes, "depth")).toBe(3);
    expect(numbersOf(attributes, "perm")).toEqual([1, 0]);
    expect(numbersForAxes(attributes, "strides", 3)).toEqual([2, 2, 2]);
    expect(numbersForAxes(attributes, "perm", 2)).toEqual([1, 0]);
    expect(textOf(attributes, "mode")).toBe("same");
    expect(elementTypeOf(attributes, "dtype")).toBe("int32");
    expect(pairsOf({ crops: [[1, 2]] }, "crops")).toEqual([[1, 2]]);
  });

  it("count axes from the first, and mean all of them when there is none", () => {
    expect(axisOf({ axis: -1 }, "axis", [2, 3, 4])).toBe(2);
    expect(axesOf({ axis: [-1, 0] }, "axis", [2, 3, 4])).toEqual([2, 0]);
    expect(axesOf({ axis: 1 }, "axis", [2, 3, 4])).toEqual([1]);
    expect(axesOf({}, "axis", [2, 3, 4])).toEqual([0, 1, 2]);
  });

  it("are false when a flag is missing", () => {
    expect(flagOf({}, "sorted")).toBe(false);
    expect(flagOf({ sorted: true }, "sorted")).toBe(true);
  });

  const readers: readonly (readonly [string, (attributes: Attributes) => unknown])[] = [
    ["a number", (attributes) => numberOf(attributes, "k")],
    ["a number", (attributes) => axisOf(attributes, "k", [2])],
    ["an array of numbers", (attributes) => numbersOf(attributes, "k")],
    ["a number or 2 of them", (attributes) => numbersForAxes(attributes, "k", 2)],
    ["an array of pairs of numbers", (attributes) => pairsOf(attributes, "k")],
    ["true or false", (attributes) => flagOf(attributes, "k")],
    ["a text", (attributes) => textOf(attributes, "k")],
    ["float32, int32 or bool", (attributes) => elementTypeOf(attributes, "k")],
    ["an axis or an array of axes", (attributes) => axesOf(attributes, "k", [2])],
  ];

  it.each(readers)("are refused when they are not %s", (expected, read) => {
    const message = `compile: expected ${expected} as the attribute "k" of a kernel, got [1,"two"]; call the operation of TensorFlow.js that runs the kernel, which sets it`;
    expect(() => read({ k: [1, "two"] })).toThrow(new ConfigError(message));
  });
});
