/**
 * A TensorFlow graph, written node by node as a GraphDef.
 *
 * Source:  https://www.tensorflow.org/guide/intro_to_graphs; graph.proto, node_def.proto and tensor.proto of TensorFlow
 * Chapter: notebooks/00-start.ipynb
 */
import { BinaryWriter } from "@bufbuild/protobuf/wire";

import { arrayOf } from "../constant.ts";
import { sizeOf, type ConstantValues, type TensorType } from "../graph.ts";
import {
  shapeAttribute,
  shapeMessage,
  tensorAttribute,
  typeAttribute,
  typeNumber,
  type Attribute,
} from "./attr-value.ts";

/** An output of a node of the graph, as TensorFlow writes it: "n12_Mul:0". */
export type Ref = string;

/** graph.proto asks in which version of its format a graph is written: one that TensorFlow 2.21 reads. */
const PRODUCER = 1882;

/** The graph, while it is written; operations are named by number and kind. */
export class GraphDef {
  readonly #writer = new BinaryWriter();
  readonly #constants = new Map<string, Ref>();
  #count = 0;

  /** Adds an operation of one output: `operation("MatMul", [typeAttribute("T", "float32"), …], [a, b])`. */
  operation(name: string, attributes: readonly Attribute[], inputs: readonly Ref[]): Ref {
    return this.operations(name, attributes, { inputs, outputs: 1 })[0] as Ref;
  }

  /** Adds an operation of several outputs. */
  operations(
    name: string,
    attributes: readonly Attribute[],
    { inputs, outputs }: { readonly inputs: readonly Ref[]; readonly outputs: number },
  ): readonly Ref[] {
    const node = `n${this.#count}_${name.replace(/^_+/, "")}`;
    this.#write(node, name, { attributes, inputs });
    return Array.from({ length: outputs }, (_, output) => `${node}:${output}`);
  }

  /** What is handed in under this name at each run. */
  placeholder(name: string, { shape, dtype }: TensorType): Ref {
    const attributes = [typeAttribute("dtype", dtype), shapeAttribute("shape", shape)];
    this.#write(name, "Placeholder", { attributes, inputs: [] });
    return `${name}:0`;
  }

  /** A copy of a value under a name of one's own, to be fetched. */
  output(name: string, value: Ref, { dtype }: TensorType): Ref {
    this.#write(name, "Identity", { attributes: [typeAttribute("T", dtype)], inputs: [value] });
    return `${name}:0`;
  }

  /** A tensor of known numbers; fewer numbers than the shape holds means that the last one fills the rest. */
  constant(values: ConstantValues | readonly number[], { shape, dtype }: TensorType): Ref {
    const key = values.length <= 16 ? `${dtype}|${shape.join()}|${numbersText(values)}` : "";
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const tensor = tensorMessage(values, { shape, dtype });
    const attributes = [typeAttribute("dtype", dtype), tensorAttribute("value", tensor)];
    const made = this.operation("Const", attributes, []);
    if (key !== "") this.#constants.set(key, made);
    return made;
  }

  /** One number without axes. */
  scalar(value: number, dtype: TensorType["dtype"] = "float32"): Ref {
    return this.constant([value], { shape: [], dtype });
  }

  /** Whole numbers along one axis: a shape, axes, paddings. */
  ints(values: readonly number[]): Ref {
    return this.constant(values, { shape: [values.length], dtype: "int32" });
  }

  /** The GraphDef. */
  finish(): Uint8Array {
    return this.#writer
      .tag(4, 2)
      .bytes(new BinaryWriter().tag(1, 0).int32(PRODUCER).finish())
      .finish();
  }

  #write(
    node: string,
    operation: string,
    {
      attributes,
      inputs,
    }: { readonly attributes: readonly Attribute[]; readonly inputs: readonly Ref[] },
  ): void {
    this.#count++;
    const message = new BinaryWriter().tag(1, 2).string(node).tag(2, 2).string(operation);
    for (const input of inputs) message.tag(3, 2).string(input);
    for (const { name, value } of attributes) {
      const entry = new BinaryWriter().tag(1, 2).string(name).tag(2, 2).bytes(value);
      message.tag(5, 2).bytes(entry.finish());
    }
    this.#writer.tag(1, 2).bytes(message.finish());
  }
}

/** −0 is another number than 0, though JavaScript writes both as "0". */
function numbersText(values: ArrayLike<number>): string {
  return Array.from(values, (value) => (Object.is(value, -0) ? "-0" : String(value))).join();
}

/** A TensorProto. */
function tensorMessage(
  values: ConstantValues | readonly number[],
  { shape, dtype }: TensorType,
): Uint8Array {
  const message = new BinaryWriter().tag(1, 0).int32(typeNumber(dtype));
  message.tag(2, 2).bytes(shapeMessage(shape));
  const array = arrayOf(dtype, values);
  const size = sizeOf(shape);
  const bytes = new Uint8Array(array.buffer);
  if (array.length === size) return message.tag(4, 2).bytes(bytes).finish(); // tensor_content
  // The typed fields may be shorter than the tensor; TensorFlow repeats their last number.
  if (dtype === "float32") return message.tag(5, 2).bytes(bytes).finish(); // packed floats
  const numbers = new BinaryWriter();
  for (const value of array) numbers.int32(value);
  return message
    .tag(dtype === "int32" ? 7 : 11, 2)
    .bytes(numbers.finish())
    .finish();
}
