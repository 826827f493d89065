import * as tf from "@tensorflow/tfjs";

import { floats, given, ints, kernelCase, truths, type KernelCase } from "../kernel-case.ts";

/** TensorFlow.js's own type wants two tensors of one rank, though it broadcasts them. */
const prelu = (x: tf.Tensor, alpha: tf.Tensor): tf.Tensor => tf.prelu(x, alpha);

type OfOne = (x: tf.Tensor) => tf.Tensor;
type OfTwo = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
interface Range {
  readonly from?: number;
  readonly to?: number;
}

/** What goes wrong most easily: no number, no end, both zeros, the places where pieces of a function meet. */
const special = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -0.5, 2.5, -2.5, 6, 100, -100];

/** Every function of one number, and where it is defined. */
const functions: readonly (readonly [string, OfOne, Range?])[] = [
  ["abs", tf.abs],
  ["acos", tf.acos, { from: -0.9, to: 0.9 }],
  ["acosh", tf.acosh, { from: 1.1, to: 3 }],
  ["asin", tf.asin, { from: -0.9, to: 0.9 }],
  ["asinh", tf.asinh],
  ["atan", tf.atan],
  ["atanh", tf.atanh, { from: -0.9, to: 0.9 }],
  ["ceil", tf.ceil],
  ["clipByValue", (x) => tf.clipByValue(x, -0.5, 1)],
  ["cos", tf.cos],
  ["cosh", tf.cosh],
  ["elu", tf.elu],
  ["erf", tf.erf],
  ["exp", tf.exp],
  ["expm1", tf.expm1],
  ["floor", tf.floor],
  ["leakyRelu", (x) => tf.leakyRelu(x, 0.3)],
  ["log", tf.log, { from: 0.1, to: 3 }],
  ["log1p", tf.log1p, { from: -0.9, to: 3 }],
  ["logSigmoid", tf.logSigmoid],
  ["neg", tf.neg],
  ["onesLike", tf.onesLike],
  ["reciprocal", tf.reciprocal],
  ["relu", tf.relu],
  ["relu6", tf.relu6, { from: -2, to: 9 }],
  ["round", tf.round],
  ["rsqrt", tf.rsqrt, { from: 0.1, to: 3 }],
  ["selu", tf.selu],
  ["sigmoid", tf.sigmoid],
  ["sign", tf.sign],
  ["sin", tf.sin],
  ["sinh", tf.sinh],
  ["softplus", tf.softplus],
  ["sqrt", tf.sqrt, { from: 0.1, to: 3 }],
  ["square", tf.square],
  ["step", (x) => tf.step(x, 0.25)],
  ["tan", tf.tan, { from: -1, to: 1 }],
  ["tanh", tf.tanh],
  ["zerosLike", tf.zerosLike],
];

/** Every function of two numbers, and where it is defined. */
const ofTwo: readonly (readonly [string, OfTwo, Range?])[] = [
  ["add", tf.add],
  ["atan2", tf.atan2],
  ["div", tf.div],
  ["floorDiv", tf.floorDiv],
  ["maximum", tf.maximum],
  ["minimum", tf.minimum],
  ["mod", tf.mod],
  ["mul", tf.mul],
  ["pow", tf.pow, { from: 0.2, to: 2 }],
  ["squaredDifference", tf.squaredDifference],
  ["sub", tf.sub],
];

const ofWholeNumbers: readonly (readonly [string, OfTwo])[] = [
  ["add", tf.add],
  ["floorDiv", tf.floorDiv],
  ["maximum", tf.maximum],
  ["minimum", tf.minimum],
  ["mod", tf.mod],
  ["mul", tf.mul],
  ["squaredDifference", tf.squaredDifference],
  ["sub", tf.sub],
];

export const pointwise: readonly KernelCase[] = [
  ...functions.map(([name, f, range]) =>
    kernelCase(`${name} of several shapes`, {
      inputs: [floats([2, 3], range), floats([], range), floats([2, 1, 2, 2], range)],
      step: (...tensors) => tensors.map(f),
    }),
  ),
  ...functions.map(([name, f]) =>
    kernelCase(`${name} at special numbers`, {
      inputs: [given(special, [special.length])],
      step: (x) => f(x),
    }),
  ),
  ...ofTwo.map(([name, f, range]) =>
    kernelCase(`${name} of one shape`, {
      inputs: [floats([2, 3], range), floats([2, 3], range), floats([], range), floats([], range)],
      step: (a, b, number, other) => [f(a, b), f(number, other)],
    }),
  ),
  ...ofTwo.map(([name, f, range]) =>
    kernelCase(`${name}, broadcast`, {
      inputs: [floats([2, 3], range), floats([3], range), floats([2, 1], range), floats([], range)],
      step: (matrix, row, column, number) => [
        f(matrix, row),
        f(column, matrix),
        f(row, column),
        f(number, matrix),
        f(matrix, number),
        f(number, number),
      ],
      // The gradients of these three have the shape of the result, which TensorFlow.js then refuses.
      gradientError: ["maximum", "minimum", "squaredDifference"].includes(name)
        ? "The gradient of input 'b' has shape '2,3', which does not match"
        : undefined,
    }),
  ),
  ...ofWholeNumbers.map(([name, f]) =>
    kernelCase(`${name} of whole numbers, negative ones too`, {
      inputs: [ints([3, 4], { from: -9, below: 10 }), given([3, -3, 7, -1], [4], "int32")],
      step: (a, b) => f(a, b),
    }),
  ),
  kernelCase("pow of whole numbers", {
    inputs: [ints([6], { from: -3, below: 4 }), ints([6], { below: 4 })],
    step: (a, b) => tf.pow(a, b),
  }),
  kernelCase("arithmetic of whole and real numbers", {
    inputs: [ints([2, 3], { from: -4, below: 5 }), floats([3])],
    step: (a, b) => [tf.add(a, b), tf.mul(a, b), tf.div(a, b), tf.sub(b, a)],
  }),
  kernelCase("functions of whole numbers", {
    inputs: [ints([2, 3], { from: -4, below: 8 })],
    step: (x) => [
      tf.abs(x),
      tf.clipByValue(x, -1, 2),
      tf.neg(x),
      tf.onesLike(x),
      tf.relu(x),
      tf.relu6(x),
      tf.sign(x),
      tf.square(x),
      tf.zerosLike(x),
    ],
  }),
  kernelCase("exp of whole numbers", {
    inputs: [ints([5], { from: -3, below: 4 })],
    // The eager kernel disposes the tensor that it is given.
    step: (x) => tf.exp(tf.clone(x)),
  }),
  kernelCase("minimum and maximum of truths", {
    inputs: [truths([5]), truths([5])],
    step: (a, b) => [tf.maximum(a, b), tf.minimum(a, b)],
  }),
  kernelCase("nothing at all", {
    inputs: [floats([0, 3]), floats([3])],
    step: (a, b) => [tf.add(a, b), tf.exp(a), prelu(a, b)],
  }),
  kernelCase("addN", {
    inputs: [floats([2, 3]), floats([2, 3]), floats([2, 3])],
    step: (a, b, c) => [tf.addN([a, b, c]), tf.addN([a])],
  }),
  kernelCase("addN of whole numbers", {
    inputs: [ints([3], { below: 9 }), ints([3], { below: 9 })],
    step: (a, b) => tf.addN([a, b]),
  }),
  kernelCase("prelu, broadcast", {
    inputs: [floats([2, 3]), floats([3]), floats([2, 3]), floats([])],
    step: (x, row, matrix, number) => [prelu(x, row), prelu(x, matrix), prelu(x, number)],
  }),
  kernelCase("prelu of whole numbers", {
    inputs: [ints([2, 3], { from: -4, below: 5 }), ints([3], { below: 4 })],
    step: (x, alpha) => prelu(x, alpha),
  }),
  kernelCase("prelu at special numbers", {
    inputs: [given(special, [special.length]), floats([special.length])],
    step: (x, alpha) => prelu(x, alpha),
  }),
  kernelCase("cast of real numbers", {
    inputs: [given([-2.7, -0.5, -0, 0, 0.5, 2.7, 1e6], [7])],
    step: (x) => [tf.cast(x, "int32"), tf.cast(x, "bool"), tf.cast(x, "float32")],
  }),
  kernelCase("cast of whole numbers and truths", {
    inputs: [ints([6], { from: -2, below: 3 }), truths([4])],
    step: (x, truth) => [
      tf.cast(x, "float32"),
      tf.cast(x, "bool"),
      tf.cast(truth, "int32"),
      tf.cast(truth, "float32"),
    ],
  }),
];
