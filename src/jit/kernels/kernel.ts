/**
 * What a TensorFlow.js kernel means to the compiler: which tensors it takes, and the shapes of what it makes.
 *
 * The meaning says nothing about how a kernel is computed: each engine has a lowering of its own, in a folder of its
 * own. `table.ts` collects the kernels of the library; an operation of one's own adds its kernel with `defineKernel`.
 *
 * Source:  https://www.tensorflow.org/js/guide/custom_ops
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../../core/errors.ts";
import type { Attributes, ConstantValues, TensorType } from "../graph.ts";

export interface Kernel {
  /** TensorFlow.js's name: "BatchMatMul". */
  readonly name: string;
  /** The names of its inputs, in order; one that may be absent ends in "?". "list": an array of any length. */
  readonly inputs: readonly string[] | "list";
  /** Types of the outputs, from the types of the inputs that are there (in order) and the attributes. */
  readonly outputs: (
    inputs: readonly TensorType[],
    attributes: Attributes,
  ) => readonly TensorType[];
  /** The numbers of its one output, for a kernel without inputs: one alone fills the whole shape. */
  readonly values?: (attributes: Attributes) => ConstantValues;
  /** It returns an array, even of one tensor: Unpack, SplitV. */
  readonly manyOutputs?: boolean;
  /** Each element of the output depends on the elements at its own place alone, inputs broadcast to one shape. */
  readonly pointwise?: boolean;
}

const kernels = new Map<string, Kernel>();

/**
 * Adds a kernel to the table, so that steps which use it can be compiled.
 *
 * Throws `ConfigError` when the name is taken.
 */
export function defineKernel(kernel: Kernel): void {
  if (kernels.has(kernel.name)) {
    throw new ConfigError(
      `defineKernel: expected a new name, got "${kernel.name}", which is in the table; one kernel has one meaning`,
    );
  }
  kernels.set(kernel.name, kernel);
}

/** The kernel of that name, or undefined: then a step that uses it cannot be compiled. */
export function findKernel(name: string): Kernel | undefined {
  return kernels.get(name);
}

/** Every kernel of the table. */
export function allKernels(): readonly Kernel[] {
  return [...kernels.values()];
}
