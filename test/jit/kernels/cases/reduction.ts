import * as tf from "@tensorflow/tfjs";

import { floats, given, ints, kernelCase, truths, type KernelCase } from "../kernel-case.ts";

type Reduce = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor;

const reductions: readonly (readonly [string, Reduce])[] = [
  ["max", tf.max],
  ["mean", tf.mean],
  ["min", tf.min],
  ["prod", tf.prod],
  ["sum", tf.sum],
];

const alongAxes = (reduce: Reduce, x: tf.Tensor): readonly tf.Tensor[] => [
  reduce(x),
  reduce(x, 0),
  reduce(x, 1, true),
  reduce(x, -1),
  reduce(x, [0, 2]),
  reduce(x, [2, 1], true),
  reduce(x, undefined, true),
];

export const reduction: readonly KernelCase[] = [
  ...reductions.map(([name, reduce]) =>
    kernelCase(`${name} along all sorts of axes`, {
      inputs: [floats([2, 3, 4], { from: 0.5, to: 2 }), floats([3], { from: 0.5 })],
      step: (x, vector) => [...alongAxes(reduce, x), reduce(vector), reduce(vector, 0)],
      // That of prod knows no negative axis.
      gradientError: name === "prod" ? "rank of input 3 must match length of perm" : undefined,
    }),
  ),
  ...reductions.map(([name, reduce]) =>
    kernelCase(`${name} of whole numbers`, {
      inputs: [ints([2, 3, 2], { from: -3, below: 4 })],
      step: (x) => alongAxes(reduce, x),
    }),
  ),
  kernelCase("sum, mean and prod of truths", {
    inputs: [truths([2, 5])],
    step: (x) => [tf.sum(x, 1), tf.mean(x, 0), tf.prod(x)],
  }),
  kernelCase("max and min with equals and without a number", {
    inputs: [given([1, 3, 3, NaN, 2, 2], [2, 3])],
    step: (x) => [tf.max(x, 1), tf.min(x, 1), tf.max(x), tf.sum(x, 0)],
  }),
  kernelCase("reductions of nothing", {
    inputs: [floats([2, 0])],
    step: (x) => [tf.sum(x, 1), tf.sum(x, 0), tf.prod(x)],
  }),
  kernelCase("all and any", {
    inputs: [truths([2, 3, 2])],
    step: (x) => [...alongAxes(tf.all, x), ...alongAxes(tf.any, x)],
  }),
  kernelCase("argMax and argMin, the first of equals", {
    inputs: [floats([2, 3, 4]), given([1, 3, 3, 1, 1, 2], [2, 3]), ints([7], { below: 3 })],
    step: (x, equals, whole) => [
      tf.argMax(x),
      tf.argMax(x, 1),
      tf.argMax(x, -1),
      tf.argMin(x, 2),
      tf.argMax(equals, 1),
      tf.argMin(equals, 1),
      tf.argMax(whole),
      tf.argMin(whole),
    ],
  }),
  kernelCase("argMax of truths", {
    inputs: [given([0, 1, 1], [3], "bool")],
    step: (x) => [tf.argMax(x), tf.argMin(x)],
  }),
  kernelCase("prod along axes counted from the first", {
    inputs: [floats([2, 3, 4], { from: 0.5 })],
    step: (x) => [tf.prod(x), tf.prod(x, 0), tf.prod(x, 1, true), tf.prod(x, 2)],
  }),
  kernelCase("cumsum", {
    inputs: [floats([2, 3, 4])],
    step: (x) => [
      tf.cumsum(x, 2),
      tf.cumsum(x, 2, true),
      tf.cumsum(x, 2, false, true),
      tf.cumsum(x, 2, true, true),
    ],
  }),
  // The gradient knows the last axis alone, counted from the first.
  kernelCase("cumsum along other axes", {
    inputs: [floats([2, 3, 4])],
    step: (x) => [tf.cumsum(x), tf.cumsum(x, 1, true), tf.cumsum(x, -1)],
    gradientError: "rank of input 3 must match length of perm",
  }),
  kernelCase("cumprod", {
    inputs: [floats([2, 3, 4])],
    step: (x) => [
      tf.cumprod(x),
      tf.cumprod(x, 1, true),
      tf.cumprod(x, 2, false, true),
      tf.cumprod(x, -1, true, true),
    ],
    gradientError: "gradient function not found for Cumprod.",
  }),
  kernelCase("topk", {
    inputs: [floats([2, 7]), given([1, 3, 3, 2, 3], [5]), ints([6], { below: 9 })],
    step: (x, equals, whole) =>
      [tf.topk(x, 3), tf.topk(x, 2, false), tf.topk(equals, 4), tf.topk(whole)].flatMap(
        ({ values, indices }) => [values, indices],
      ),
    gradientError: "gradient function not found for TopK.",
  }),
  kernelCase("moments, norms and logSumExp", {
    inputs: [floats([3, 4])],
    step: (x) => [
      ...Object.values(tf.moments(x, 0)),
      tf.norm(x, 1),
      tf.norm(x, "euclidean", 1),
      tf.norm(x, Infinity),
      tf.logSumExp(x, 1),
    ],
  }),
];
