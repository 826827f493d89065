/**
 * A backend of TensorFlow.js whose kernels compute nothing: each notes that it was called, and with what.
 *
 * TensorFlow.js knows a tensor by its data id and leaves the data to the backend. Here the data of a tensor is its
 * place in the list of nodes. So the layers, the gradients and the optimizer of a step run unchanged and leave the list.
 *
 * Source:  https://www.tensorflow.org/js/guide/custom_ops; Frostig, Johnson and Leary (2018), section 2
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { allValues, constantNode } from "./constant.ts";
import { elementType } from "./element-type.ts";
import {
  reshapeOf,
  sameShape,
  sizeOf,
  typeOf,
  type Attributes,
  type ConstantValues,
  type Node,
  type TensorType,
  type Value,
} from "./graph.ts";
import { holdData, ownerOf } from "./held-data.ts";
import type { Kernel } from "./kernels/kernel.ts";
import { UntraceableError } from "./untraceable.ts";

/** The name under which TensorFlow.js knows this backend. */
export const RECORDER = "glassbox-recorder";

/** A longer array that a step writes, not all numbers equal, is taken for data that differs at each call. */
const LARGEST_WRITTEN = 16;
/** A captured tensor of up to so many elements is written into the graph, where it can be simplified. */
const LARGEST_INLINED = 4096;

/** The inputs of a kernel, by name or in a list. */
export type Infos = Readonly<Record<string, tf.TensorInfo | undefined>> | readonly tf.TensorInfo[];

interface Entry {
  readonly value: Value;
  references: number;
}

/** The backend of one trace: its nodes, and which tensor stands for which value. */
export class Recorder extends tf.KernelBackend {
  readonly nodes: Node[] = [];
  /** Tensors of one's own on large captured data: whoever takes the graph disposes them. */
  readonly captured: tf.Tensor[] = [];
  /** The first thing that a compiled step could not repeat, even if the step caught the error. */
  violation: UntraceableError | undefined;
  readonly #entries = new Map<object, Entry>();
  readonly #leaves = new Map<object, Value>();

  /** Adds a node; the infos of its outputs stand for them from now on. */
  add(node: Node): tf.TensorInfo[] {
    this.nodes.push(node);
    return node.outputs.map((_, output) => this.#infoOf({ node, output }));
  }

  #infoOf(value: Value): tf.TensorInfo {
    const dataId = {};
    const { shape, dtype } = typeOf(value);
    this.#entries.set(dataId, { value, references: 1 });
    return { dataId, shape: [...shape], dtype };
  }

  /** Notes one call of a kernel. */
  record(kernel: Kernel, infos: Infos, attributes: Attributes): tf.TensorInfo[] {
    const [inputNames, tensors] = namedInputs(kernel, infos);
    const inputs = tensors.map((tensor) => this.valueFor(tensor));
    const outputs = kernel.outputs(inputs.map(typeOf), attributes);
    if (kernel.values) {
      const [type] = outputs as readonly [TensorType];
      return this.add({ kind: "constant", values: kernel.values(attributes), outputs: [type] });
    }
    const name = kernel.name;
    return this.add({ kind: "operation", kernel: name, inputs, inputNames, attributes, outputs });
  }

  /** Another tensor that stands for the same value: TensorFlow.js's Identity. */
  alias(info: tf.TensorInfo): tf.TensorInfo {
    return this.#infoOf(this.valueFor(info));
  }

  /** Is this data a place in the list? */
  owns(dataId: object): boolean {
    return this.#entries.has(dataId);
  }

  /** Throws, and remembers what was thrown. */
  refuse(error: UntraceableError): never {
    this.violation ??= error;
    throw error;
  }

  /** The value that a tensor stands for; a tensor made outside of the step becomes a leaf. */
  valueFor({ dataId, shape, dtype }: tf.TensorInfo): Value {
    const known = this.#entries.get(dataId)?.value ?? this.#leaves.get(dataId);
    const value = known ?? this.#capture({ dataId, shape, dtype });
    // One piece of data may be met in several shapes.
    return sameShape(typeOf(value).shape, shape) ? value : this.#reshape(value, shape);
  }

  #reshape(value: Value, shape: readonly number[]): Value {
    const node = reshapeOf(value, shape);
    this.nodes.push(node);
    return { node, output: 0 };
  }

  #capture({ dataId, shape, dtype }: tf.TensorInfo): Value {
    const type = { shape: [...shape], dtype: elementType(dtype) };
    const node: Node =
      sizeOf(shape) <= LARGEST_INLINED
        ? constantNode(tf.engine().readSync(dataId) as ArrayLike<number>, type)
        : { kind: "captured", tensor: this.#hold({ dataId, ...type }), outputs: [type] };
    this.nodes.push(node);
    const value = { node, output: 0 };
    this.#leaves.set(dataId, value);
    return value;
  }

  #hold(info: tf.TensorInfo): tf.Tensor {
    const tensor = holdData(info);
    this.captured.push(tensor);
    return tensor;
  }

  override write(values: tf.backend_util.TypedArray, shape: number[], dtype: tf.DataType): object {
    const node = constantNode(values, { shape, dtype: elementType(dtype) });
    const count = node.values.length;
    if (count > LARGEST_WRITTEN) {
      this.refuse(
        new UntraceableError(
          `compile: expected a step that makes its tensors from other tensors, got one that writes an array of ${count} numbers as a tensor of shape [${shape.join(", ")}]; the compiled step would keep these numbers for good. If they change from call to call, hand the tensor in as an argument; if not, make it once, outside of the step`,
        ),
      );
    }
    return (this.add(node)[0] as tf.TensorInfo).dataId;
  }

  override move(
    dataId: object,
    values: tf.backend_util.TypedArray,
    shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    const node = constantNode(values, { shape, dtype: elementType(dtype) });
    this.nodes.push(node);
    this.#entries.set(dataId, { value: { node, output: 0 }, references });
  }

  override readSync(dataId: object): tf.backend_util.TypedArray {
    return this.#constantOf(dataId) ?? this.refuse(readError());
  }

  /** A promise would reject where nobody listens; so what was read is remembered, and the promise never settles. */
  override read(dataId: object): Promise<tf.backend_util.TypedArray> {
    const values = this.#constantOf(dataId);
    if (values) return Promise.resolve(values);
    this.violation ??= readError();
    return new Promise(() => undefined);
  }

  #constantOf(dataId: object): ConstantValues | undefined {
    const node = this.#entries.get(dataId)?.value.node;
    if (node?.kind !== "constant") return undefined;
    return allValues(node);
  }

  /** TensorFlow.js asks the active backend, whoever owns the data. */
  override incRef(dataId: object): void {
    const entry = this.#entries.get(dataId);
    if (entry) entry.references++;
    else ownerOf(dataId)?.incRef(dataId);
  }

  override disposeData(dataId: object, force = false): boolean {
    const entry = this.#entries.get(dataId);
    if (!entry) return true;
    entry.references--;
    if (entry.references > 0 && !force) return false;
    this.#entries.delete(dataId);
    return true;
  }

  override refCount(dataId: object): number {
    return this.#entries.get(dataId)?.references ?? 0;
  }

  override numDataIds(): number {
    return this.#entries.size;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7; // as every backend of 32 bits
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {
    this.#entries.clear();
  }
}

/** The inputs that are there, with their names, in the kernel's order. */
function namedInputs(kernel: Kernel, infos: Infos): [readonly string[], readonly tf.TensorInfo[]] {
  const byName = infos as Readonly<Record<string, tf.TensorInfo | undefined>>;
  const known = kernel.inputs === "list" ? Object.keys(infos) : kernel.inputs;
  const names = known.map((name) => name.replace("?", "")).filter((name) => byName[name]);
  return [names, names.map((name) => byName[name] as tf.TensorInfo)];
}

function readError(): UntraceableError {
  return new UntraceableError(
    "compile: expected a step that reads no values, got one that reads the numbers of a tensor (data, dataSync, array, arraySync or print), which are not known while it is traced. Return the tensor and read it outside; choose between numbers with tf.where",
  );
}
