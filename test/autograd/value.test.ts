import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { expect, test } from "vitest";

import { Value } from "../../src/autograd/value.ts";
import { useEngine } from "../../src/backend/engine.ts";
import { DataError } from "../../src/core/errors.ts";
import { expressions, numbers } from "./expressions.ts";

test("a small expression has the values and gradients that were worked out by hand", () => {
  // L = (w·x + b − y)² at w = 2, x = 3, b = −1, y = 4: the error is 1, so ∂L/∂b = 2, ∂L/∂w = 2·3.
  const [w, x, b, y] = [new Value(2, "w"), new Value(3), new Value(-1), new Value(4)];
  const L = w.times(x).plus(b).minus(y).power(2);
  L.backward();
  expect(L.data).toBe(1);
  expect([w, x, b, y].map(({ gradient }) => gradient)).toEqual([6, 4, 2, -2]);
  expect([w.name, L.name, L.operation]).toEqual(["w", "", "^ 2"]);
});

test("a value that is used twice sums what comes back along both ways", () => {
  const a = new Value(3);
  a.times(a).backward();
  expect(a.gradient).toBe(6);
  const s = a.plus(1); // 4, goes into both factors
  s.times(s.plus(a)).backward(); // (a + 1)(2a + 1): 4a + 3
  expect(a.gradient).toBe(15);
});

test("each operation has its local derivative", () => {
  const slopesOf = (value: Value): readonly number[] => value.slopes;
  const [a, b] = [new Value(0.5), new Value(-2)];
  expect(slopesOf(a.plus(b))).toEqual([1, 1]);
  expect(slopesOf(a.minus(b))).toEqual([1, -1]);
  expect(slopesOf(a.times(b))).toEqual([-2, 0.5]);
  expect(slopesOf(a.over(b))).toEqual([-0.5, -0.125]);
  expect(slopesOf(b.power(3))).toEqual([12]);
  expect(slopesOf(new Value(0).power(1))).toEqual([1]);
  expect(slopesOf(new Value(0).power(0))).toEqual([0]);
  expect(slopesOf(a.exp())).toEqual([Math.exp(0.5)]);
  expect(slopesOf(a.log())).toEqual([2]);
  expect(slopesOf(a.tanh())).toEqual([1 - Math.tanh(0.5) ** 2]);
  expect([...slopesOf(a.relu()), ...slopesOf(b.relu()), ...slopesOf(new Value(0).relu())]).toEqual([
    1, 0, 0,
  ]);
});

test("gradients of random expressions are TensorFlow.js's", async () => {
  await useEngine("cpu");
  fc.assert(
    fc.property(expressions, numbers, (expression, at) => {
      const x = at.map((number) => new Value(number));
      const L = expression.value(x);
      L.backward();
      const [loss, gradients] = tf.tidy(() => {
        const inputs = at.map((number) => tf.scalar(number));
        // Every input takes part, with a gradient of 0 at least: tf.grads refuses others.
        const f = (...xs: tf.Tensor[]): tf.Scalar =>
          tf.sum(tf.stack([expression.tensor(xs), ...xs.map((one) => tf.mul(one, 0))]));
        const { value, grads } = tf.valueAndGrads(f)(inputs);
        return [value.dataSync()[0]!, grads.map((one) => one.dataSync()[0]!)] as const;
      });
      expectNear(L.data, loss, 1e-4);
      x.forEach(({ gradient }, i) => expectNear(gradient, gradients[i]!, 1e-3));
    }),
    { numRuns: 150, seed: 1 },
  );
});

test("gradients of random expressions are the slopes that finite differences find", () => {
  fc.assert(
    fc.property(expressions, numbers, (expression, at) => {
      if (expression.text.includes("relu")) return; // a kink has no slope
      const f = (numbers: readonly number[]): number =>
        expression.value(numbers.map((number) => new Value(number))).data;
      const x = at.map((number) => new Value(number));
      expression.value(x).backward();
      x.forEach(({ gradient }, i) => {
        const moved = (by: number): number =>
          f(at.map((number, j) => (i === j ? number + by : number)));
        expectNear(gradient, (moved(1e-5) - moved(-1e-5)) / 2e-5, 1e-4);
      });
    }),
    { numRuns: 300, seed: 2 },
  );
});

test("the graph lists every value once, each after its inputs, the result last", () => {
  fc.assert(
    fc.property(expressions, (expression) => {
      const L = expression.value([new Value(1), new Value(2), new Value(3)]);
      const graph = L.graph();
      expect(new Set(graph).size).toBe(graph.length);
      expect(graph.at(-1)).toBe(L);
      graph.forEach((value, place) => {
        for (const input of value.inputs) expect(graph.indexOf(input)).toBeLessThan(place);
        expect(graph.includes(value)).toBe(true);
      });
    }),
    { numRuns: 100, seed: 3 },
  );
});

test("a graph of 100,000 operations in a row does not overflow the stack", () => {
  const start = new Value(1);
  let end = start;
  for (let i = 0; i < 100_000; i++) end = end.plus(start);
  end.backward();
  expect(end.data).toBe(100_001);
  expect(start.gradient).toBe(100_001);
  expect(end.graph().length).toBe(100_001);
});

test("a value that doubles 60 times is gone through 60 times, not 2 to the power of 60", () => {
  let end = new Value(1);
  const start = end;
  for (let i = 0; i < 60; i++) end = end.plus(end);
  end.backward();
  expect(start.gradient).toBe(2 ** 60);
});

test("a second backward begins anew, and a new result asks for its own gradients", () => {
  const a = new Value(2);
  const square = a.power(2);
  square.backward();
  square.backward();
  expect(a.gradient).toBe(4);
  a.times(10).backward();
  expect(a.gradient).toBe(10);
});

test("what has no value or no slope is refused", () => {
  const message = (call: () => unknown): string => {
    try {
      call();
    } catch (error) {
      if (error instanceof DataError) return error.message;
      throw error;
    }
    return "no error";
  };
  const zero = new Value(0);
  const end = "; look at what it is made of";
  expect([
    message(() => zero.log()),
    message(() => new Value(1).over(zero)),
    message(() => new Value(-1).power(0.5)),
    message(() => zero.power(-1)),
    message(() => zero.power(0.5)),
    message(() => new Value(-1).power(3)),
  ]).toEqual([
    `Value.log: expected a number above 0, got 0${end}`,
    `Value.over: expected a number to divide by that is not 0, got 0${end}`,
    `Value.power: expected a number of 0 or more for the exponent 0.5, got -1${end}`,
    `Value.power: expected a number above 0 for the exponent -1, got 0${end}`,
    `Value.power: expected a number above 0 for the exponent 0.5, got 0${end}`,
    "no error",
  ]);
});

/** Equal within `tolerance`, relative to the larger of 1 and the number. */
function expectNear(got: number, expected: number, tolerance: number): void {
  const allowed = tolerance * Math.max(1, Math.abs(expected));
  expect(Math.abs(got - expected), `got ${got}, expected ${expected}`).toBeLessThanOrEqual(allowed);
}
