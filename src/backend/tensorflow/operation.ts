/**
 * Running one operation of TensorFlow by name: for those that TensorFlow.js has no kernel for.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../../core/errors.ts";

/** The value of an attribute, under the name of its kind: whether 1 is an int or a float cannot be seen. */
export type Attribute =
  | { readonly type: tf.DataType }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly shape: readonly number[] };

export interface OperationOptions {
  /** By the names of the operation's definition: `{ T: { type: "float32" } }`. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** How many outputs it has; 1 unless said. */
  readonly outputs?: number;
}

/** What is used of the package's backend and of its addon. */
interface TensorFlowBackend {
  readonly binding: Readonly<Record<string, number>>;
  executeMultipleOutputs(
    name: string,
    attributes: readonly unknown[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.TensorInfo[];
}

/** What the addon calls the types and the kinds of attributes. */
const TYPES: Readonly<Record<tf.DataType, string>> = {
  float32: "TF_FLOAT",
  int32: "TF_INT32",
  bool: "TF_BOOL",
  complex64: "TF_COMPLEX64",
  string: "TF_STRING",
};
const KINDS: Readonly<Record<string, string>> = {
  type: "TF_ATTR_TYPE",
  int: "TF_ATTR_INT",
  float: "TF_ATTR_FLOAT",
  bool: "TF_ATTR_BOOL",
  string: "TF_ATTR_STRING",
  shape: "TF_ATTR_SHAPE",
};

/**
 * The outputs of the operation, in the order of its definition; to be used in a kernel's function.
 *
 * Throws `ConfigError` unless the engine `tensorflow` is active, and TensorFlow's own error for inputs or
 * attributes that the operation does not take.
 */
export function executeTensorFlow(
  operation: string,
  inputs: readonly tf.TensorInfo[],
  { attributes = {}, outputs = 1 }: OperationOptions = {},
): tf.TensorInfo[] {
  if (tf.getBackend() !== "tensorflow") {
    throw new ConfigError(
      `executeTensorFlow ${operation}: expected the engine tensorflow, got ${tf.getBackend()}; call \`await useEngine("tensorflow")\` first`,
    );
  }
  const backend = tf.backend() as unknown as TensorFlowBackend;
  const { binding } = backend;
  const list = Object.entries(attributes).map(([name, attribute]) => {
    const [kind, value] = Object.entries(attribute)[0] as [string, unknown];
    return {
      name,
      type: binding[KINDS[kind] ?? ""],
      value: kind === "type" ? binding[TYPES[value as tf.DataType]] : value,
    };
  });
  return backend.executeMultipleOutputs(operation, list, inputs, outputs);
}
