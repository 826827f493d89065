/**
 * PhiloxBits and PhiloxUniform in operations of TensorFlow, the same in a graph and one by one.
 *
 * TensorFlow's StatelessRandomUniformFullIntV2 is Philox-4x32-10 with the key and the counter that it is given, as
 * words of 64 bits, the lowest word first. Its seeds of other operations are scrambled first; these are not.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/StatelessRandomUniformFullIntV2
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { numberOf, numbersOf } from "../../jit/kernels/attributes.ts";
import { defineLowering, type Operand } from "../../jit/tensorflow/kernel-lowering.ts";
import { BITS, UNIFORM } from "./kernel.ts";
import { graphOperations, runOperations, type Operations } from "../operations.ts";

/** TensorFlow's number of the algorithm Philox. */
const PHILOX = 1;

/** A kernel's attributes: `shape` and `stream`. */
type Attributes = Readonly<Record<string, unknown>>;

/** Writes a draw, or runs it. */
type Drawing = <Handle>(
  operations: Operations<Handle>,
  seed: Handle,
  attributes: Attributes,
) => Handle;

/** Words of 32 bits. */
const bits: Drawing = (operations, seed, attributes) =>
  words(operations, seed, { attributes, dtype: "int32" });

/** k / 2²⁴, with k the upper 24 bits of a word; a word without a sign moves down without one. */
const uniform: Drawing = (operations, seed, attributes) => {
  const drawn = words(operations, seed, { attributes, dtype: "uint32" });
  const eight = operations.operation("Cast", { SrcT: "int32", DstT: "uint32" }, [
    operations.constant([8], { shape: [], dtype: "int32" }),
  ]);
  const upper = operations.operation("RightShift", { T: "uint32" }, [drawn, eight]);
  const k = operations.operation("Cast", { SrcT: "uint32", DstT: "float32" }, [upper]);
  return operations.operation("Mul", { T: "float32" }, [
    k,
    operations.constant([2 ** -24], { shape: [], dtype: "float32" }),
  ]);
};

function words<Handle>(
  operations: Operations<Handle>,
  seed: Handle,
  { attributes, dtype }: { readonly attributes: Attributes; readonly dtype: "int32" | "uint32" },
): Handle {
  const shape = numbersOf(attributes, "shape");
  const stream = numberOf(attributes, "stream");
  const ints = (values: readonly number[], axes: readonly number[]): Handle =>
    operations.constant(values, { shape: axes, dtype: "int32" });
  // Two words of 32 bits along the last axis become one of 64, the first word its lower half.
  const pair = { T: "int32", type: "uint64" } as const;
  const row = ints([1, 2], [2]);
  const seedRow = operations.operation("Reshape", { T: "int32", Tshape: "int32" }, [seed, row]);
  const key = operations.operation("Bitcast", pair, [seedRow]); // (1)
  const counter = operations.operation("Bitcast", pair, [ints([0, 0, stream, 0], [2, 2])]); // (2)
  const inputs = [ints(shape, [shape.length]), key, counter, ints([PHILOX], [])];
  return operations.operation(
    "StatelessRandomUniformFullIntV2",
    { dtype, Tshape: "int32" },
    inputs,
  );
}

for (const [kernelName, draw] of [
  [BITS, bits],
  [UNIFORM, uniform],
] as const) {
  defineLowering(kernelName, ({ graph, inputs: [seed], attributes }) => [
    draw(graphOperations(graph), (seed as Operand).ref, attributes),
  ]);
  tf.registerKernel({
    kernelName,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const [drawn] = runOperations(backend, (operations, idOf) => [
        draw(operations, idOf(inputs.seed as tf.TensorInfo), attrs ?? {}),
      ]);
      return drawn as tf.Tensor;
    },
  });
}
