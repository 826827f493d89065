import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import type { Graph } from "../../src/jit/graph.ts";
import "../../src/jit/kernels/table.ts";
import { replay } from "../../src/jit/replay.ts";
import { trace, type FlatStep } from "../../src/jit/trace.ts";

const vector = { shape: [2], dtype: "float32" } as const;

beforeAll(() => useEngine("cpu"));
afterEach(() => {
  tf.disposeVariables();
});

const kernelsOf = ({ nodes }: Graph): readonly string[] =>
  nodes.map((node) => (node.kind === "operation" ? node.kernel : node.kind));

const oneInput =
  (step: (x: tf.Tensor) => tf.Tensor | readonly tf.Tensor[]): FlatStep =>
  ([x]) =>
    [step(x as tf.Tensor)].flat();

describe("trace", () => {
  it("leaves the operations in the order in which the step called them", () => {
    const graph = trace(
      oneInput((x) => tf.exp(tf.add(x, x))),
      [vector],
    );
    expect(kernelsOf(graph)).toEqual(["argument", "Add", "Exp"]);
    expect(graph.results).toEqual([{ node: graph.nodes[2], output: 0 }]);
  });

  it("records the gradient and the update of a variable", () => {
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const graph = trace(
      oneInput((x) => {
        const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(weight, tf.mul(weight, x))));
        weight.assign(tf.sub(weight, grads[weight.name] as tf.Tensor1D));
        return value;
      }),
      [vector],
    );
    expect(graph.updates.map(({ variable }) => variable)).toEqual([weight]);
    const [loss, after] = replay(graph).run([tf.tensor1d([10, 1])]);
    expect(loss?.dataSync()).toEqual(Float32Array.of(14)); // 1·1·10 + 2·2·1
    expect(after?.dataSync()).toEqual(Float32Array.of(1 - 20, 2 - 4)); // w − 2 w x
    expect(weight.dataSync()).toEqual(Float32Array.of(1, 2));
  });

  it("sees every order of reads and assignments: twice, swapped, without a read", () => {
    const make = (): readonly [tf.Variable, tf.Variable, tf.Variable] => [
      tf.variable(tf.tensor1d([1, 2])),
      tf.variable(tf.tensor1d([3, 4])),
      tf.variable(tf.scalar(0)),
    ];
    const stepOn =
      ([w, v, z]: ReturnType<typeof make>) =>
      (x: tf.Tensor) => {
        const a = tf.add(w, x);
        w.assign(a);
        const b = tf.mul(w, 2);
        w.assign(b);
        const old = w.clone();
        w.assign(v);
        v.assign(old);
        z.assign(tf.scalar(7));
        return [a, b, tf.add(w, 0), tf.add(v, 0)];
      };
    const eager = make();
    const traced = make();
    const graph = trace(oneInput(stepOn(traced)), [vector]);
    const program = replay(graph);
    for (const x of [tf.tensor1d([0, 1]), tf.tensor1d([5, 1])]) {
      const expected = stepOn(eager)(x);
      const outputs = program.run([x]);
      expect(outputs.slice(0, 4).map((each) => each.arraySync())).toEqual(
        expected.map((each) => each.arraySync()),
      );
      graph.updates.forEach(({ variable }, place) =>
        variable.assign(outputs[4 + place] as tf.Tensor),
      );
      expect(traced.map((each) => each.arraySync())).toEqual(eager.map((each) => each.arraySync()));
    }
  });

  it("gives a tensor from outside its numbers, and a large one its place", () => {
    const small = tf.tensor1d([1, 2]);
    const large = tf.ones([100, 100]);
    const graph = trace(
      oneInput((x) => [tf.mul(x, small), tf.add(large, 1)]),
      [vector],
    );
    expect(kernelsOf(graph)).toEqual([
      "argument",
      "constant",
      "Multiply",
      "constant",
      "captured",
      "Add",
    ]);
    small.dispose();
    large.dispose();
    const [a, b] = replay(graph).run([tf.tensor1d([3, 5])]);
    expect(a?.arraySync()).toEqual([3, 10]);
    expect(b?.shape).toEqual([100, 100]);
    expect(b?.max().dataSync()[0]).toBe(2);
  });

  it("knows one tensor in two shapes as the same numbers", () => {
    const table = tf.tensor1d([1, 2]);
    const graph = trace(
      oneInput((x) => [tf.mul(tf.reshape(table, [2, 1]), x), tf.mul(table, x)]),
      [vector],
    );
    const [outer, inner] = replay(graph).run([tf.tensor1d([3, 5])]);
    expect(outer?.arraySync()).toEqual([
      [3, 5],
      [6, 10],
    ]);
    expect(inner?.arraySync()).toEqual([3, 10]);
  });

  it("lets the numbers of a constant be read", () => {
    const graph = trace(
      oneInput((x) => tf.mul(x, tf.tensor1d([4, 4]).dataSync()[1] as number)),
      [vector],
    );
    expect(
      replay(graph)
        .run([tf.tensor1d([1, 2])])[0]
        ?.arraySync(),
    ).toEqual([4, 8]);
  });

  it("leaves no tensor behind, and the engine as it was", () => {
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const before = tf.memory();
    trace(
      oneInput((x) => {
        weight.assign(tf.add(weight, x));
        return tf.mul(
          weight,
          tf.tidy(() => tf.exp(x)),
        );
      }),
      [vector],
    );
    expect(tf.memory()).toEqual(before);
    expect(tf.getBackend()).toBe("cpu");
    expect(tf.engine().backendNames()).not.toContain("glassbox-recorder");
  });

  it("after an error of the step, nothing has changed either", () => {
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const large = tf.ones([100, 100]);
    const before = tf.memory();
    const step = oneInput((x) => {
      weight.assign(tf.add(weight, x));
      tf.add(large, 1);
      return tf.tidy(() => tf.add(tf.ones([2, 3]), tf.ones([2])));
    });
    expect(() => trace(step, [vector])).toThrow(
      new Error("Operands could not be broadcast together with shapes 2,3 and 2."),
    );
    expect(tf.memory()).toEqual(before);
    expect(tf.getBackend()).toBe("cpu");
    expect(weight.arraySync()).toEqual([1, 2]);
    expect(tf.add(weight, large.sum()).arraySync()).toEqual([10001, 10002]);
  });
});
