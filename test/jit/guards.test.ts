import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { ConfigError, ShapeError } from "../../src/core/errors.ts";
import { compile } from "../../src/jit/compile.ts";
import { defineKernel } from "../../src/jit/kernels/kernel.ts";
import { UntraceableError, VariableMadeError } from "../../src/jit/untraceable.ts";

beforeAll(async () => {
  await useEngine("cpu");
  defineKernel({ name: "TestElsewhere", inputs: ["x"], outputs: ([x]) => (x ? [x] : []) });
});
afterEach(() => {
  tf.disposeVariables();
});

const READ =
  "compile: expected a step that reads no values, got one that reads the numbers of a tensor (data, dataSync, array, arraySync or print), which are not known while it is traced. Return the tensor and read it outside; choose between numbers with tf.where";
const RANDOM =
  "compile: expected a step that draws no numbers from Math.random, got one that does (tf.dropout, tf.randomUniform, tf.randomNormal without a seed …); the compiled step would repeat the same draw at each call. Draw from a seed tensor that is an argument of the step, as glassbox/ops/random and glassbox/ops/dropout do";

/** A call of a kernel that plain JavaScript lacks and the table has. */
function flipped(): tf.Tensor {
  return tf.engine().runKernel("TestElsewhere", { x: tf.ones([2]) });
}

/** A step that assigns first, so that one sees whether the assignment is taken back. */
function refusedStep(body: (x: tf.Tensor1D) => tf.Tensor): {
  readonly call: () => unknown;
  readonly weight: tf.Variable;
} {
  const weight = tf.variable(tf.tensor1d([1, 2]));
  const step = compile((x: tf.Tensor1D) => {
    weight.assign(tf.add(weight, x));
    return body(x);
  });
  const x = tf.tensor1d([1, 1]);
  return { call: () => step(x), weight };
}

describe("a step that cannot be traced", () => {
  it.each([
    ["reads a value", READ, (x: tf.Tensor1D) => tf.mul(x, x.dataSync()[0] as number)],
    [
      "branches on a value",
      READ,
      (x: tf.Tensor1D) => ((x.arraySync()[0] as number) > 0 ? x : tf.neg(x)),
    ],
    ["prints a tensor", READ, (x: tf.Tensor1D) => (x.print(), x)],
    [
      "calculates with a tensor as if it were a number",
      READ,
      (x: tf.Tensor1D) => tf.mul(x, 1 - (x.sum() as unknown as number)),
    ],
    [
      "starts to read a value and goes on",
      READ,
      (x: tf.Tensor1D) => {
        void x.data();
        return x;
      },
    ],
    [
      "reads a value and hides the error",
      READ,
      (x: tf.Tensor1D) => {
        try {
          x.dataSync();
        } catch {
          // The step goes on with something else.
        }
        return x;
      },
    ],
    ["drops out by Math.random", RANDOM, (x: tf.Tensor1D) => tf.dropout(x, 0.5)],
    [
      "draws random numbers without a seed",
      RANDOM,
      (x: tf.Tensor1D) => tf.add(x, tf.randomNormal([2])),
    ],
    [
      "draws many numbers with a seed of JavaScript's",
      "compile: expected a step that makes its tensors from other tensors, got one that writes an array of 20 numbers as a tensor of shape [20]; the compiled step would keep these numbers for good. If they change from call to call, hand the tensor in as an argument; if not, make it once, outside of the step",
      (x: tf.Tensor1D) => tf.add(tf.sum(x), tf.randomUniform([20], 0, 1, "float32", 7)),
    ],
    [
      "draws within a gradient, whose tape keeps tensors",
      RANDOM,
      (x: tf.Tensor1D) => tf.grad((z: tf.Tensor) => tf.dropout(tf.square(tf.exp(z)), 0.5))(x),
    ],
    [
      "keeps a tensor for the next call",
      "compile: expected a step that leaves no tensor behind but its results, got one that keeps a tensor (tf.keep); what is kept would not change from call to call. Keep it in a tf.variable, made outside of the step, and assign to it inside",
      (x: tf.Tensor1D) => tf.neg(tf.keep(tf.exp(x))),
    ],
    [
      "goes to another engine",
      "compile: expected a step that stays on its engine, got one that calls tf.setBackend; choose the engine outside of the step",
      (x: tf.Tensor1D) => {
        void tf.setBackend("cpu");
        return x;
      },
    ],
    [
      "uses a kernel that this engine has not",
      "compile: expected kernels that the engine cpu has, got TestElsewhere; give it one by tf.registerKernel, or use another engine",
      (x: tf.Tensor1D) => tf.add(x, tf.sum(flipped())),
    ],
  ])("that %s is refused, and nothing has changed", (_, message, body) => {
    const mathematics = Object.getOwnPropertyDescriptors(Math);
    const { call, weight } = refusedStep(body);
    const before = tf.memory().numTensors;
    expect(call).toThrow(new UntraceableError(message));
    expect(weight.arraySync()).toEqual([1, 2]);
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getBackend()).toBe("cpu");
    expect(Object.getOwnPropertyDescriptors(Math)).toEqual(mathematics);
    expect(tf.variable(tf.scalar(1)).dataSync()[0]).toBe(1);
  });

  it("whose matrices do not fit is refused with their shapes", () => {
    const { call, weight } = refusedStep((x) =>
      tf.matMul(tf.ones([2, 3]), tf.ones([2, 3])).add(tf.sum(x)),
    );
    expect(call).toThrow(
      new ShapeError(
        "matMul: expected matrices whose inner sizes are equal, got (2, 3) and (2, 3), which meet at 3 and 2; transpose or reshape one of them",
      ),
    );
    expect(weight.arraySync()).toEqual([1, 2]);
  });

  it("may keep what was made outside of it", () => {
    const outside = tf.tensor1d([1, 1]);
    const { call } = refusedStep((x) => tf.add(tf.keep(outside), x));
    expect((call() as tf.Tensor).arraySync()).toEqual([2, 2]);
    expect(outside.arraySync()).toEqual([1, 1]);
  });

  it("that makes a variable at each call is refused at the second", () => {
    const { call, weight } = refusedStep((x) => tf.mul(tf.variable(tf.ones([2])), x));
    call();
    expect(weight.arraySync()).toEqual([2, 3]);
    const before = tf.memory().numTensors;
    expect(call).toThrow(new VariableMadeError());
    expect(weight.arraySync()).toEqual([2, 3]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("that returns a promise is refused", () => {
    const step = compile(((x: tf.Tensor) => Promise.resolve(tf.neg(x))) as unknown as (
      x: tf.Tensor,
    ) => tf.Tensor);
    expect(() => step(tf.tensor1d([1]))).toThrow(
      new ConfigError(
        "compile: expected tensors, or arrays and plain objects of tensors, got a promise as result; a step is a plain function, not async: await outside of it",
      ),
    );
  });

  it("that returns a number is refused", () => {
    const step = compile(((x: tf.Tensor) => ({ loss: tf.sum(x), count: 3 })) as unknown as (
      x: tf.Tensor,
    ) => tf.Tensor);
    expect(() => step(tf.tensor1d([1]))).toThrow(
      new ConfigError(
        "compile: expected tensors, or arrays and plain objects of tensors, got a number as result.count; make a tensor of it outside of the step",
      ),
    );
  });

  it("is told which argument is no tensor, and which is disposed", () => {
    const step = compile((x: readonly tf.Tensor[]) => tf.neg(x[0] as tf.Tensor));
    const gone = tf.tensor1d([1]);
    gone.dispose();
    expect(() => step([Float32Array.of(1) as unknown as tf.Tensor])).toThrow(
      new ConfigError(
        "compile: expected tensors, or arrays and plain objects of tensors, got an object of Float32Array as argument[0][0]; make a tensor of it outside of the step",
      ),
    );
    expect(() => step([gone])).toThrow(
      new ConfigError(
        "compile: expected tensors, or arrays and plain objects of tensors, got a disposed tensor as argument[0][0]; hand in one that lives",
      ),
    );
  });
});
