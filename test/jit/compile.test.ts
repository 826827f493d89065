import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";

import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { ConfigError, ShapeError } from "../../src/core/errors.ts";
import { compile } from "../../src/jit/compile.ts";
import { defineKernel } from "../../src/jit/kernels/kernel.ts";

beforeAll(() => useEngine("tensorflow"));
afterEach(() => {
  tf.disposeVariables();
});

/** A linear model with its own weight and a step of gradient descent. */
function linear(): {
  readonly weight: tf.Variable;
  readonly step: (x: tf.Tensor2D, y: tf.Tensor1D, rate: tf.Scalar) => { loss: tf.Scalar };
} {
  const weight = tf.variable(tf.tensor2d([[1], [-1]]));
  return {
    weight,
    step: (x, y, rate) => {
      const { value, grads } = tf.variableGrads(() => {
        const predicted = tf.reshape(tf.matMul(x, weight as tf.Tensor2D), [-1]);
        return tf.mean<tf.Scalar>(tf.squaredDifference(predicted, y));
      }, [weight]);
      weight.assign(tf.sub(weight, tf.mul(rate, grads[weight.name] as tf.Tensor)));
      return { loss: value };
    },
  };
}

const batch = (B: number): [tf.Tensor2D, tf.Tensor1D] => [
  tf.tensor2d(Array.from({ length: B }, (_, row) => [Math.sin(row), Math.cos(row)])),
  tf.tensor1d(Array.from({ length: B }, (_, row) => Math.sin(row + 0.5))),
];

const lossOf = ({ loss }: { loss: tf.Scalar }): number => {
  const [number] = loss.dataSync();
  loss.dispose();
  return number as number;
};

describe("compile", () => {
  it("runs as one graph and leaves variables and losses as the plain step does", async () => {
    const plain = linear();
    const model = linear();
    const step = compile(model.step);
    const [x, y] = batch(8);
    await step.ready(x, y, 0.1);
    for (let count = 0; count < 50; count++) {
      const expected = tf.tidy(() => lossOf(plain.step(x, y, tf.scalar(0.1))));
      const found = lossOf(step(x, y, 0.1));
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-6 * expected + 1e-8);
    }
    expect(step.stats()).toMatchObject({ traces: 1, eagerCalls: 0, fallback: null });
    expect(step.stats().nodes).toBeGreaterThan(10);
    const [a, b] = [await model.weight.data(), await plain.weight.data()];
    a.forEach((value, place) => expect(value).toBeCloseTo(b[place] as number, 6));
  });

  it("is ready without having changed a variable, and waits for the graph", async () => {
    const { weight, step: plain } = linear();
    const step = compile(plain);
    const [x, y] = batch(8);
    await step.ready(x, y, 0.1);
    expect(weight.dataSync()).toEqual(Float32Array.of(1, -1));
    tf.dispose(step(x, y, 0.1));
    expect(step.stats()).toMatchObject({ traces: 1, eagerCalls: 0 });
  });

  it("computes from the first call on, and in one graph as soon as that is loaded", async () => {
    const { step: plain } = linear();
    const step = compile(plain);
    const [x, y] = batch(8);
    const first = lossOf(step(x, y, 0.1));
    expect(first).toBeGreaterThan(0);
    expect(step.stats()).toMatchObject({ traces: 1, eagerCalls: 1, fallback: null });
    await step.ready(x, y, 0.1);
    expect(lossOf(step(x, y, 0.1))).toBeLessThan(first);
    expect(step.stats()).toMatchObject({ traces: 1, eagerCalls: 1 });
  });

  it("takes another rate without a new trace, and traces once more for another shape", async () => {
    const { weight, step: plain } = linear();
    const step = compile(plain);
    const [x, y] = batch(8);
    await step.ready(x, y, 0.1);
    tf.dispose(step(x, y, 0));
    expect(weight.dataSync()).toEqual(Float32Array.of(1, -1));
    tf.dispose(step(x, y, tf.scalar(0.5)));
    expect(weight.dataSync()).not.toEqual(Float32Array.of(1, -1));
    expect(step.stats().traces).toBe(1);
    const [x3, y3] = batch(3);
    await step.ready(x3, y3, 0.1);
    expect(lossOf(step(x3, y3, 0.1))).toBeGreaterThan(0);
    expect(step.stats()).toMatchObject({ traces: 2, eagerCalls: 0 });
  });

  it("mixes with plain steps, assignments and other compiled functions", async () => {
    const plain = linear();
    const model = linear();
    const step = compile(model.step);
    const measure = compile((x: tf.Tensor2D) => tf.matMul(x, model.weight as tf.Tensor2D));
    const [x, y] = batch(8);
    await Promise.all([step.ready(x, y, 0.1), measure.ready(x)]);
    for (let count = 0; count < 12; count++) {
      const expected = tf.tidy(() => lossOf(plain.step(x, y, tf.scalar(0.1))));
      const found =
        count % 3 === 1
          ? tf.tidy(() => lossOf(model.step(x, y, tf.scalar(0.1))))
          : lossOf(step(x, y, 0.1));
      expect(found).toBeCloseTo(expected, 6);
      if (count === 5) {
        const saved = tf.tensor2d([[0.25], [0.5]]);
        plain.weight.assign(saved);
        model.weight.assign(saved);
      }
      const outputs = tf.tidy(() => measure(x).dataSync());
      const wanted = tf.tidy(() => tf.matMul(x, plain.weight as tf.Tensor2D).dataSync());
      outputs.forEach((value, place) => expect(value).toBeCloseTo(wanted[place] as number, 5));
    }
  });

  it("gives an optimizer its variables at the first call, or when it is made ready", async () => {
    const train = (adam: tf.Optimizer, weight: tf.Variable) => (x: tf.Tensor1D) =>
      adam.minimize(() => tf.sum(tf.square(tf.sub(weight, x))), true, [weight]) as tf.Scalar;
    const make = (): [tf.Optimizer, tf.Variable] => [
      tf.train.adam(0.1),
      tf.variable(tf.tensor1d([1, 2])),
    ];
    const [plain, called, readied] = [make(), make(), make()];
    const eager = train(...plain);
    const atCall = compile(train(...called));
    const whenReady = compile(train(...readied));
    const x = tf.tensor1d([0.5, 3]);
    await whenReady.ready(x);
    expect(readied[1].dataSync()).toEqual(Float32Array.of(1, 2));
    for (let count = 0; count < 20; count++) {
      const [expected] = tf.tidy(() => eager(x).dataSync());
      expect(tf.tidy(() => atCall(x).dataSync())[0]).toBeCloseTo(expected as number, 5);
      expect(tf.tidy(() => whenReady(x).dataSync())[0]).toBeCloseTo(expected as number, 5);
      if (count === 2) await atCall.ready(x);
    }
    expect(atCall.stats()).toMatchObject({ traces: 1, eagerCalls: 3 });
    expect(whenReady.stats()).toMatchObject({ traces: 1, eagerCalls: 0 });
  });

  it("takes interfaces, and numbers for scalars within them", async () => {
    interface Batch {
      readonly x: tf.Tensor1D;
      readonly rate: tf.Scalar;
    }
    interface Result {
      readonly product: tf.Tensor;
    }
    const step = compile(({ x, rate }: Batch): Result => ({ product: tf.mul(x, rate) }));
    const x = tf.tensor1d([1, 2]);
    await step.ready({ x, rate: 2 });
    expect(step({ x, rate: 3 }).product.arraySync()).toEqual([3, 6]);
    // @ts-expect-error: a step takes no numbers, which would stay as they were.
    expect(() => compile((rate: number) => tf.scalar(rate))({})).toThrow();
  });

  it("takes and returns arrays, objects, switches and nothing", async () => {
    const step = compile((pair: readonly [tf.Tensor, { scale: tf.Scalar }], negate: boolean) => ({
      product: tf.mul(pair[0], pair[1].scale),
      list: [negate ? tf.neg(pair[0]) : pair[0], null],
    }));
    const x = tf.tensor1d([1, 2]);
    const scale = tf.scalar(3);
    await step.ready([x, { scale }], true);
    const found = step([x, { scale }], true);
    expect(found.product.arraySync()).toEqual([3, 6]);
    expect((found.list[0] as tf.Tensor).arraySync()).toEqual([-1, -2]);
    expect(found.list[1]).toBeNull();
    const same = step([x, { scale }], false).list[0] as tf.Tensor;
    same.dispose();
    expect(x.arraySync()).toEqual([1, 2]);
    expect(step.stats().traces).toBe(2);
    const nothing = compile(() => undefined);
    expect(nothing()).toBeUndefined();
  });

  it("has the gradient of the step", async () => {
    const cube = compile((x: tf.Scalar) => tf.mul<tf.Scalar>(x, tf.mul(x, x)));
    await cube.ready(2);
    expect(
      tf
        .grad((x: tf.Tensor) => cube(x as tf.Scalar))(tf.scalar(2))
        .dataSync()[0],
    ).toBe(12);
  });

  it("may be part of another compiled step", async () => {
    const square = compile((x: tf.Tensor) => tf.square(x));
    const sum = compile((x: tf.Tensor) => tf.sum(square(x)));
    const x = tf.tensor1d([1, 2, 3]);
    await sum.ready(x);
    expect(sum(x).dataSync()[0]).toBe(14);
    expect(square.stats().traces).toBe(0);
  });

  it("says once which kernel it does not know, and runs as it is written", () => {
    const warnings: string[] = [];
    const warn = console.warn;
    console.warn = (text: string) => warnings.push(text);
    try {
      const step = compile((x: tf.Tensor1D) => tf.add(tf.unique(x).values, 1));
      expect(step(tf.tensor1d([3, 3, 5])).arraySync()).toEqual([4, 6]);
      expect(step(tf.tensor1d([7, 7, 7])).arraySync()).toEqual([8]);
      expect(step.stats()).toEqual({
        traces: 0,
        nodes: 0,
        eagerCalls: 2,
        fallback: "the kernel Unique is not in the compiler's table",
      });
    } finally {
      console.warn = warn;
    }
    expect(warnings).toEqual([
      "compile: the kernel Unique is not in the compiler's table, so the step runs as it is written",
    ]);
  });

  it("runs operation by operation on an engine without graphs, one program for each engine", async () => {
    const { weight, step: plain } = linear();
    const step = compile(plain);
    const [x, y] = batch(4);
    await step.ready(x, y, 0.1);
    await useEngine("cpu");
    try {
      const before = weight.arraySync();
      await step.ready(x, y, 0.1);
      expect(lossOf(step(x, y, 0.1))).toBeGreaterThan(0);
      expect(weight.arraySync()).not.toEqual(before);
      expect(step.stats()).toMatchObject({
        traces: 2,
        eagerCalls: 1,
        fallback: "the engine cpu runs no graphs: each operation runs by itself",
      });
    } finally {
      await useEngine("tensorflow");
    }
  });

  it("refuses to run with a variable that was disposed, and after dispose", async () => {
    const { weight, step: plain } = linear();
    const step = compile(plain);
    const [x, y] = batch(4);
    await step.ready(x, y, 0.1);
    const { name } = weight;
    weight.dispose();
    expect(() => step(x, y, 0.1)).toThrow(
      new ConfigError(
        `compile: expected the variables that the step was traced with, got "${name}" disposed; compile the step again with the new ones`,
      ),
    );
    step.dispose();
    expect(() => step(x, y, 0.1)).toThrow(
      new ConfigError(
        "compile: expected a living step, got one that was disposed; compile it again",
      ),
    );
  });
});

describe("a compiled step and what is around it", () => {
  it("counts the steps of an optimizer, so that its checkpoint is that of plain steps", async () => {
    const x = tf.tensor1d([0.5, 3]);
    const train = (weight: tf.Variable, adam: tf.Optimizer) => (): tf.Scalar =>
      adam.minimize(() => tf.sum(tf.square(tf.sub(weight, x))), true, [weight]) as tf.Scalar;
    const make = (): [tf.Variable, tf.Optimizer] => [
      tf.variable(tf.tensor1d([1, 2])),
      tf.train.adam(0.1),
    ];
    const [plain, compiled] = [make(), make()];
    const steps = [train(...plain), compile(train(...compiled))] as const;
    await steps[1].ready();
    for (let count = 0; count < 10; count++) tf.dispose(steps.map((step) => step()));
    const saved = async ([, adam]: [tf.Variable, tf.Optimizer]): Promise<unknown> =>
      Promise.all((await adam.getWeights()).map(({ tensor }) => tensor.array()));
    expect(((await saved(compiled)) as unknown[])[0]).toBe(10);
    expect(await saved(compiled)).toEqual(await saved(plain));
  });

  it("goes on from the checkpoint of an optimizer, whose variables are other ones then", async () => {
    const x = tf.tensor1d([0.5, 3]);
    const make = (): [tf.Variable, tf.Optimizer] => [
      tf.variable(tf.tensor1d([1, 2])),
      tf.train.adam(0.1),
    ];
    const plain = make();
    const compiled = make();
    const train =
      ([weight, adam]: [tf.Variable, tf.Optimizer]) =>
      (): tf.Scalar =>
        adam.minimize(() => tf.sum(tf.square(tf.sub(weight, x))), true, [weight]) as tf.Scalar;
    const steps = [train(plain), compile(train(compiled))] as const;
    await steps[1].ready();
    const losses: number[][] = [];
    const run = (): void => {
      for (let count = 0; count < 3; count++) {
        losses.push(steps.map((step) => tf.tidy(() => step().dataSync()[0] as number)));
      }
    };
    run();
    const saved = await Promise.all([plain, compiled].map(([, adam]) => adam.getWeights()));
    const copies = saved.map((weights) =>
      weights.map(({ name, tensor }) => ({
        name,
        tensor: tf.tensor(tensor.dataSync(), tensor.shape),
      })),
    );
    run();
    await plain[1].setWeights(copies[0] ?? []);
    await compiled[1].setWeights(copies[1] ?? []);
    run();
    for (const [expected, found] of losses) expect(found).toBeCloseTo(expected as number, 5);
    expect(steps[1].stats().traces).toBe(2);
  });

  it("returns new tensors under a gradient and within another step, too", async () => {
    const weight = tf.variable(tf.tensor1d([2]));
    const read = compile(() => weight as tf.Tensor);
    const body = (): tf.Scalar => {
      const value = read();
      const square = tf.sum<tf.Scalar>(tf.square(value));
      value.dispose();
      return square;
    };
    const { grads } = tf.variableGrads(body, [weight]);
    expect(grads[weight.name]?.dataSync()[0]).toBe(4);
    const outer = compile(body);
    await outer.ready();
    expect(outer().dataSync()[0]).toBe(4);
    expect(weight.dataSync()[0]).toBe(2);
  });

  it("may make its variables after a call that threw", () => {
    const weight = tf.variable(tf.scalar(1));
    const [first, second] = [tf.train.adam(0.1), tf.train.adam(0.1)];
    const loss = (): tf.Scalar => tf.square(weight);
    let isBad = true;
    const step = compile(() => {
      first.minimize(loss);
      if (isBad) throw new Error("not now");
      return second.minimize(loss, true) as tf.Scalar;
    });
    expect(() => step()).toThrow("not now");
    isBad = false;
    for (let count = 0; count < 3; count++) step().dispose();
    expect(step.stats()).toMatchObject({ traces: 1 });
  });

  it("forgets the graphs of variables that are gone", async () => {
    const step = compile((v: tf.Variable) => tf.neg(v));
    const gone = tf.variable(tf.scalar(1));
    await step.ready(gone);
    gone.dispose();
    const living = tf.variable(tf.scalar(2));
    await step.ready(living);
    expect(step.stats()).toMatchObject({ traces: 2, nodes: 2 });
    expect(step(living).dataSync()[0]).toBe(-2);
  });

  it("reads and assigns a variable that is handed in as the variable that it is", async () => {
    const run = (a: tf.Variable<tf.Rank.R0>): tf.Tensor => {
      a.assign(tf.add(a, 1));
      return tf.add(a, counter);
    };
    const counter = tf.variable(tf.scalar(1));
    const step = compile(run);
    await step.ready(counter);
    expect(step(counter).dataSync()[0]).toBe(4);
    expect(counter.dataSync()[0]).toBe(2);
    const other = tf.variable(tf.scalar(10));
    await step.ready(other);
    expect(step(other).dataSync()[0]).toBe(13);
    expect([counter.dataSync()[0], other.dataSync()[0]]).toEqual([2, 11]);
    expect(step.stats()).toMatchObject({ traces: 2, eagerCalls: 0 });
  });

  it("may be made ready within another step, of which it becomes a part", async () => {
    const square = compile((x: tf.Tensor) => tf.square(x));
    const step = compile((x: tf.Tensor) => {
      void square.ready(x);
      return tf.neg(square(x));
    });
    const x = tf.tensor1d([3]);
    await step.ready(x);
    expect(step(x).dataSync()[0]).toBe(-9);
    expect(tf.engine().backendNames()).not.toContain("glassbox-recorder");
  });

  it("runs when nothing comes of it", async () => {
    const step = compile((x: tf.Tensor) => {
      tf.square(x);
    });
    const x = tf.tensor1d([1]);
    await step.ready(x);
    expect(step(x)).toBeUndefined();
    expect(step.stats()).toMatchObject({ traces: 1, eagerCalls: 0, fallback: null });
  });

  it("loads its graph later when another engine is chosen meanwhile", async () => {
    const step = compile((x: tf.Tensor) => tf.neg(x));
    const x = tf.tensor1d([1]);
    const ready = step.ready(x);
    await tf.setBackend("cpu");
    await ready;
    await tf.setBackend("tensorflow");
    await step.ready(x);
    expect(step(x).dataSync()[0]).toBe(-1);
    expect(step.stats()).toMatchObject({ traces: 1, eagerCalls: 0, fallback: null });
  });

  it("is made ready without a trace in memory or on the disk", async () => {
    const step = compile((x: tf.Tensor, rate: tf.Scalar) => tf.mul(x, rate));
    const x = tf.tensor1d([1]);
    const folders = (): readonly string[] =>
      readdirSync(tmpdir()).filter((name) => name.startsWith("glassbox-jit-"));
    const [before, kept] = [tf.memory().numTensors, folders()];
    await step.ready(x, 0.5);
    expect(tf.memory().numTensors).toBe(before);
    expect(folders().filter((name) => !kept.includes(name))).toEqual([]);
  });

  it("says that an argument was disposed before the graph was there", async () => {
    const step = compile((x: tf.Tensor) => tf.neg(x));
    const x = tf.tensor1d([1]);
    const ready = step.ready(x);
    x.dispose();
    await expect(ready).rejects.toThrow(
      new ShapeError(
        "compile: expected a living tensor as tensor 1 of the arguments, got a disposed one; keep it until the call, or ready, has ended",
      ),
    );
  });

  it("says that it was traced for too many shapes", async () => {
    const step = compile((x: tf.Tensor) => tf.neg(x));
    const warnings = await warningsOf(async () => {
      for (let size = 1; size <= 17; size++) await step.ready(tf.zeros([size]));
    });
    expect(warnings).toEqual([
      "compile: the step was traced 16 times, once for each combination of shapes, switches and variables among its arguments; pad them to a few shapes",
    ]);
    step.dispose();
  });
});

/** What is written to the console as a warning meanwhile. */
async function warningsOf(work: () => Promise<void> | void): Promise<readonly string[]> {
  const warnings: string[] = [];
  const warn = console.warn;
  console.warn = (text: string) => warnings.push(text);
  try {
    await work();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

describe("a step that is not always a graph", () => {
  it("runs as it is written for one signature, and as a graph for the others", async () => {
    const step = compile((x: tf.Tensor1D, distinct: boolean) =>
      tf.add(distinct ? tf.unique(x).values : x, 1),
    );
    const x = tf.tensor1d([3, 3]);
    const warnings = await warningsOf(async () => {
      await step.ready(x, false);
      expect(step(x, true).arraySync()).toEqual([4]);
      expect(step(x, false).arraySync()).toEqual([4, 4]);
      expect(step(x, true).arraySync()).toEqual([4]);
    });
    expect(warnings).toHaveLength(1);
    expect(step.stats()).toMatchObject({
      traces: 1,
      eagerCalls: 2,
      fallback: "the kernel Unique is not in the compiler's table",
    });
  });

  it("says after twenty calls that its graph had no time to load", async () => {
    const step = compile((x: tf.Tensor1D) => tf.neg(x));
    const x = tf.tensor1d([1]);
    const warnings = await warningsOf(() => {
      for (let count = 0; count < 50; count++) step(x).dispose();
    });
    expect(warnings).toEqual([
      "compile: 20 calls ran operation by operation, for their graph is not loaded yet; `await step.ready(…)` with arguments of these shapes before the loop",
    ]);
    await step.ready(x);
  });

  it("gives new tensors where it returns what it was given, as a graph does", async () => {
    const state = tf.variable(tf.tensor1d([7]));
    const step = compile((x: tf.Tensor1D, distinct: boolean) => ({
      x,
      state: state,
      other: distinct ? tf.unique(x).values : null,
    }));
    const x = tf.tensor1d([3]);
    await warningsOf(async () => {
      await step.ready(x, false);
      for (const distinct of [true, false]) tf.dispose(step(x, distinct) as tf.TensorContainer);
    });
    expect(x.arraySync()).toEqual([3]);
    expect(state.arraySync()).toEqual([7]);
  });
});

describe("a step whose graph cannot be built", () => {
  it("says so once, and runs operation by operation", async () => {
    defineKernel({ name: "TestTwice", inputs: ["x"], outputs: ([x]) => (x ? [x] : []) });
    tf.registerKernel({
      kernelName: "TestTwice",
      backendName: "tensorflow",
      kernelFunc: ({ inputs }) => tf.mul(inputs.x as tf.Tensor, 2),
    });
    const warnings: string[] = [];
    const warn = console.warn;
    console.warn = (text: string) => warnings.push(text);
    try {
      const step = compile((x: tf.Tensor1D) =>
        tf.engine().runKernel<tf.Tensor>("TestTwice", { x }),
      );
      const x = tf.tensor1d([3]);
      await step.ready(x);
      expect(step(x).dataSync()[0]).toBe(6);
      expect(step(x).dataSync()[0]).toBe(6);
      expect(step.stats()).toEqual({
        traces: 1,
        nodes: 2,
        eagerCalls: 2,
        fallback: "no graph was built: tensorflow has no lowering of TestTwice",
      });
    } finally {
      console.warn = warn;
      tf.unregisterKernel("TestTwice", "tensorflow");
    }
    expect(warnings).toEqual([
      "compile: no graph was built: tensorflow has no lowering of TestTwice; the step runs operation by operation",
    ]);
  });
});
