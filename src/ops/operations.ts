/**
 * Operations of TensorFlow, written into a graph or run at once.
 *
 * What is said in them is said once for both. Between two operations there may be types that TensorFlow.js has no
 * tensors of, such as uint64.
 *
 * Source:  https://www.tensorflow.org/guide/intro_to_graphs
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import {
  intAttribute,
  typeAttribute,
  typeNumber,
  type GraphType,
} from "../jit/tensorflow/attr-value.ts";
import type { GraphDef, Ref } from "../jit/tensorflow/graph-def.ts";

/** Attributes by name: a type of elements, or a whole number. */
export type OperationAttributes = Readonly<Record<string, GraphType | number>>;

/** Where operations go; a `Handle` stands for what one of them made. */
export interface Operations<Handle> {
  /** One operation of one output: `operation("Mul", { T: "float32" }, [a, b])`. */
  readonly operation: (
    name: string,
    attributes: OperationAttributes,
    inputs: readonly Handle[],
  ) => Handle;
  /** Known numbers. */
  readonly constant: (
    values: readonly number[],
    type: { readonly shape: readonly number[]; readonly dtype: "int32" | "float32" },
  ) => Handle;
}

/** Writes operations into a graph. */
export function graphOperations(graph: GraphDef): Operations<Ref> {
  return {
    operation: (name, attributes, inputs) => {
      const written = Object.entries(attributes).map(([key, value]) =>
        typeof value === "number" ? intAttribute(key, value) : typeAttribute(key, value),
      );
      return graph.operation(name, written, inputs);
    },
    constant: (values, type) => graph.constant(values, type),
  };
}

/** A tensor of the addon: its number, its shape and TensorFlow's number of its type. */
interface Made {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** An attribute as the addon takes it. */
interface AddonAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number;
}

/** What is used of the package's backend, which is handed to each kernel, and of its addon. */
interface TensorFlowBackend {
  readonly binding: {
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_INT: number;
    executeOp(
      name: string,
      attributes: readonly AddonAttribute[],
      inputs: readonly number[],
      outputs: 1,
    ): [Made];
    deleteTensor(id: number): void;
  };
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  createOutputTensor(made: Made): tf.Tensor;
}

/**
 * Runs operations at once on TensorFlow, whose backend is handed to the kernel that calls this.
 *
 * What `work` returns stays, and must be of types that TensorFlow.js has; all else is freed.
 */
export function runOperations(
  backend: unknown,
  work: (operations: Operations<number>, idOf: (tensor: tf.TensorInfo) => number) => number[],
): tf.Tensor[] {
  const { binding } = backend as TensorFlowBackend;
  const made = new Map<number, Made>();
  const idOf = (tensor: tf.TensorInfo): number =>
    (backend as TensorFlowBackend).getInputTensorIds([tensor])[0] as number;
  const operation: Operations<number>["operation"] = (name, attributes, inputs) => {
    const list = Object.entries(attributes).map(([key, value]) =>
      typeof value === "number"
        ? { name: key, type: binding.TF_ATTR_INT, value }
        : { name: key, type: binding.TF_ATTR_TYPE, value: typeNumber(value) },
    );
    const [output] = binding.executeOp(name, list, inputs, 1);
    made.set(output.id, output);
    return output.id;
  };
  return tf.tidy(() => {
    const constant: Operations<number>["constant"] = (values, { shape, dtype }) =>
      idOf(tf.tensor([...values], [...shape], dtype));
    try {
      return work({ operation, constant }, idOf).map((id) => {
        const output = made.get(id) as Made;
        made.delete(id);
        return (backend as TensorFlowBackend).createOutputTensor(output);
      });
    } finally {
      for (const id of made.keys()) binding.deleteTensor(id);
    }
  });
}
