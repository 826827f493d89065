import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";

import { Value } from "../../src/autograd/value.ts";

/** A recipe over three numbers: how to compute with `Value`, and the same with tensors. */
export interface Expression {
  readonly text: string;
  readonly value: (x: readonly Value[]) => Value;
  readonly tensor: (x: readonly tf.Tensor[]) => tf.Tensor;
}

/** From −2 to 2 by 1/64: exact in 32 bits, so that both engines start from the same number. */
const number: fc.Arbitrary<number> = fc.integer({ min: -128, max: 128 }).map((n) => n / 64);

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.integer({ min: 0, max: 2 }).map((i) => ({
    text: `x${i}`,
    value: (x: readonly Value[]) => x[i]!,
    tensor: (x: readonly tf.Tensor[]) => x[i]!,
  })),
  number.map((constant) => ({
    text: String(constant),
    value: () => new Value(constant),
    tensor: () => tf.scalar(constant),
  })),
);

const two = {
  "+": [(a: Value, b: Value) => a.plus(b), tf.add],
  "-": [(a: Value, b: Value) => a.minus(b), tf.sub],
  "*": [(a: Value, b: Value) => a.times(b), tf.mul],
  // Kept away from a division by 0: b² + 1.
  "/": [
    (a: Value, b: Value) => a.over(b.times(b).plus(1)),
    (a: tf.Tensor, b: tf.Tensor) => tf.div(a, tf.add(tf.mul(b, b), 1)),
  ],
} as const satisfies Record<string, readonly [unknown, unknown]>;

const one = {
  tanh: [(a: Value) => a.tanh(), (a: tf.Tensor) => tf.tanh(a)],
  relu: [(a: Value) => a.relu(), (a: tf.Tensor) => tf.relu(a)],
  // tanh first, so that e to the power of e stays small.
  exp: [(a: Value) => a.tanh().exp(), (a: tf.Tensor) => tf.exp(tf.tanh(a))],
  log: [(a: Value) => a.times(a).plus(1).log(), (a: tf.Tensor) => tf.log(tf.add(tf.mul(a, a), 1))],
  cube: [(a: Value) => a.tanh().power(3), (a: tf.Tensor) => tf.pow(tf.tanh(a), 3)],
  root: [
    (a: Value) => a.times(a).plus(1).power(-0.5),
    (a: tf.Tensor) => tf.pow(tf.add(tf.mul(a, a), 1), -0.5),
  ],
} as const satisfies Record<string, readonly [unknown, unknown]>;

/** Expressions up to four operations deep, in which any number may be used several times. */
export const expressions: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: "large" },
    leaf,
    fc
      .tuple(
        fc.constantFrom(...(Object.keys(two) as (keyof typeof two)[])),
        tie("node"),
        tie("node"),
      )
      .map(([name, a, b]) => ({
        text: `(${a.text} ${name} ${b.text})`,
        value: (x: readonly Value[]) => two[name][0](a.value(x), b.value(x)),
        tensor: (x: readonly tf.Tensor[]) => two[name][1](a.tensor(x), b.tensor(x)),
      })),
    fc
      .tuple(fc.constantFrom(...(Object.keys(one) as (keyof typeof one)[])), tie("node"))
      .map(([name, a]) => ({
        text: `${name}(${a.text})`,
        value: (x: readonly Value[]) => one[name][0](a.value(x)),
        tensor: (x: readonly tf.Tensor[]) => one[name][1](a.tensor(x)),
      })),
  ),
})).node;

/** Three numbers to put in. */
export const numbers: fc.Arbitrary<[number, number, number]> = fc.tuple(number, number, number);
