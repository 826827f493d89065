import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../../src/backend/engine.ts";
import { allKernels } from "../../../src/jit/kernels/kernel.ts";
import { findLowering } from "../../../src/jit/tensorflow/kernel-lowering.ts";
import { comparison } from "./cases/comparison.ts";
import { convolution } from "./cases/convolution.ts";
import { creation } from "./cases/creation.ts";
import { gather } from "./cases/gather.ts";
import { image } from "./cases/image.ts";
import { matmul } from "./cases/matmul.ts";
import { normalization } from "./cases/normalization.ts";
import { parts } from "./cases/parts.ts";
import { pointwise } from "./cases/pointwise.ts";
import { pooling } from "./cases/pooling.ts";
import { reduction } from "./cases/reduction.ts";
import { shape } from "./cases/shape.ts";
import {
  compareFamily,
  gradients,
  weightsFor,
  type Comparison,
  type FamilyComparison,
  type Found,
} from "./differential.ts";
import type { KernelCase } from "./kernel-case.ts";
import { lookAtSpread } from "./spread.ts";

const families = Object.entries({
  pointwise,
  comparison,
  matmul,
  reduction,
  normalization,
  shape,
  parts,
  gather,
  creation,
  convolution,
  pooling,
  image,
});

const compared = new Map<string, FamilyComparison>();

beforeAll(() => useEngine("tensorflow"));

describe.each(families)("the kernels of %s", (family, cases) => {
  beforeAll(async () => {
    compared.set(family, await compareFamily(cases));
  });

  it.each(cases)("$name", (each: KernelCase) => {
    const { eager, types, lowered, replayed, simplified } = compared
      .get(family)
      ?.comparisons.get(each) as Comparison;
    expect(types).toEqual(eager.map(({ type }) => type));
    expectSame(replayed, eager);
    expectSame(lowered, eager);
    expectSame(simplified, eager);
    if (each.gradientError !== undefined) expectNoGradient(each, each.gradientError);
  });
});

describe("the table of kernels", () => {
  // Kernels without inputs are constants of the graph.
  const withInputs = allKernels().filter(({ values }) => !values);

  it("knows all kernels of TensorFlow but texts, complex numbers, draws and sizes that depend on values", () => {
    const known = new Set(allKernels().map(({ name }) => name));
    const unknown = tf
      .getKernelsForBackend("tensorflow")
      .map(({ kernelName }) => kernelName)
      .filter((name) => !known.has(name));
    expect(unknown.sort()).toEqual([
      "Complex",
      "ComplexAbs",
      "FFT",
      "IFFT",
      "Identity", // a second name for a value: the recorder sees to it
      "Imag",
      "Multinomial",
      "NonMaxSuppressionV3",
      "NonMaxSuppressionV4",
      "NonMaxSuppressionV5",
      "Real",
      "StaticRegexReplace",
      "Unique",
    ]);
  });

  it("has a case for each kernel, in a result or in a gradient", () => {
    const seen = new Set(
      [...compared.values()]
        .flatMap(({ graph, simple }) => [graph, simple])
        .flatMap(({ nodes }) => nodes)
        .map((node) => (node.kind === "operation" ? node.kernel : node.kind)),
    );
    expect(withInputs.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  });

  it("calls those kernels pointwise that compute each element from those at its place", () => {
    const spread = { seen: new Set<string>(), spreading: new Set<string>() };
    for (const [family, cases] of families) {
      const args = cases.flatMap(({ inputs }) => inputs.map((input) => input.make()));
      lookAtSpread((compared.get(family) as FamilyComparison).graph, args, spread);
    }
    const pointwise = allKernels().filter((kernel) => kernel.pointwise);
    expect([...spread.seen].sort()).toEqual(pointwise.map(({ name }) => name).sort());
    expect([...spread.spreading]).toEqual([]);
  });

  it("has a lowering to TensorFlow for each kernel with inputs", () => {
    const missing = withInputs.map(({ name }) => name).filter((name) => !findLowering(name));
    expect(missing).toEqual([]);
  });
});

/** Whole numbers and truths are the same; real ones differ by their rounding at most. */
function expectSame(found: Found, expected: Found): void {
  expect(found.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
  found.forEach(({ values }, tensor) => {
    const { type, values: others } = expected[tensor] as Found[number];
    const differing = values.flatMap((value, place) => {
      const other = others[place] as number;
      const allowed = type.startsWith("float32") ? 1e-6 * Math.max(1, Math.abs(other)) : 0;
      const isSame = Object.is(value, other) || Math.abs(value - other) <= allowed;
      return isSame ? [] : [{ output: tensor, place, value, other }];
    });
    expect(differing).toEqual([]);
  });
}

/** So that no case goes without a gradient that could be compared. */
function expectNoGradient(each: KernelCase, message: string): void {
  const tensors = each.inputs.map((input) => input.make());
  const weights = each.step(tensors).map(weightsFor);
  expect(() => gradients(each, tensors, weights)).toThrow(message);
}
