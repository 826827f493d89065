/**
 * Operations of TensorFlow whose attributes are types, written into a graph or run at once.
 *
 * What is said in them is said once for both. Between two operations there may be types that TensorFlow.js has no
 * tensors of, such as uint64.
 *
 * Source:  https://www.tensorflow.org/guide/intro_to_graphs
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { typeAttribute, typeNumber, type GraphType } from "../../jit/tensorflow/attribute.ts";
import type { GraphDef, Ref } from "../../jit/tensorflow/graph-def.ts";

/** Where operations go; a `Handle` stands for what one of them made. */
export interface Operations<Handle> {
  /** One operation of one output: `operation("Mul", { T: "float32" }, [a, b])`. */
  readonly operation: (
    name: string,
    types: Readonly<Record<string, GraphType>>,
    inputs: readonly Handle[],
  ) => Handle;
  /** Known numbers of int32. */
  readonly ints: (values: readonly number[], shape: readonly number[]) => Handle;
  /** A known number of float32, without axes. */
  readonly float: (value: number) => Handle;
}

/** Writes operations into a graph. */
export function graphOperations(graph: GraphDef): Operations<Ref> {
  return {
    operation: (name, types, inputs) => {
      const attributes = Object.entries(types).map(([key, type]) => typeAttribute(key, type));
      return graph.operation(name, attributes, inputs);
    },
    ints: (values, shape) => graph.constant(values, { shape, dtype: "int32" }),
    float: (value) => graph.scalar(value),
  };
}

/** A tensor of the addon: its number, its shape and TensorFlow's number of its type. */
interface Made {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** What is used of the package's backend, which is handed to each kernel, and of its addon. */
interface TensorFlowBackend {
  readonly binding: {
    readonly TF_ATTR_TYPE: number;
    executeOp(
      name: string,
      attributes: readonly {
        readonly name: string;
        readonly type: number;
        readonly value: number;
      }[],
      inputs: readonly number[],
      outputs: 1,
    ): [Made];
    deleteTensor(id: number): void;
  };
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): [number];
  createOutputTensor(made: Made): tf.Tensor;
}

/** Runs operations at once on TensorFlow; what the last one makes stays, and must be of a type of TensorFlow.js. */
export function runOperations(
  input: tf.TensorInfo,
  {
    backend,
    work,
  }: {
    readonly backend: unknown;
    readonly work: (operations: Operations<number>, input: number) => number;
  },
): tf.Tensor {
  const engine = backend as TensorFlowBackend;
  const made: Made[] = [];
  const idOf = (tensor: tf.TensorInfo): number => engine.getInputTensorIds([tensor])[0];
  return tf.tidy(() => {
    const operations: Operations<number> = {
      operation: (name, types, inputs) => {
        const attributes = Object.entries(types).map(([key, type]) => ({
          name: key,
          type: engine.binding.TF_ATTR_TYPE,
          value: typeNumber(type),
        }));
        const [output] = engine.binding.executeOp(name, attributes, inputs, 1);
        made.push(output);
        return output.id;
      },
      ints: (values, shape) => idOf(tf.tensor([...values], [...shape], "int32")),
      float: (value) => idOf(tf.scalar(value)),
    };
    try {
      const last = work(operations, idOf(input));
      const place = made.findIndex(({ id }) => id === last);
      return engine.createOutputTensor(made.splice(place, 1)[0] as Made);
    } finally {
      for (const { id } of made) engine.binding.deleteTensor(id);
    }
  });
}
