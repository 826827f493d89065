/**
 * A graph of TensorFlow in the form in which programs exchange them: a SavedModel without variables.
 *
 * Source:  https://www.tensorflow.org/guide/saved_model; saved_model.proto and meta_graph.proto of TensorFlow
 * Chapter: notebooks/00-start.ipynb
 */
import { BinaryWriter } from "@bufbuild/protobuf/wire";

import type { TensorType } from "../graph.ts";
import { shapeMessage, typeNumber } from "./attr-value.ts";
import type { Ref } from "./graph-def.ts";

/** A tensor that goes in or comes out, by the name under which it does. */
export interface Port {
  readonly name: string;
  readonly ref: Ref;
  readonly type: TensorType;
}

/** The tag under which `loadSavedModel` finds the graph. */
export const TAG = "serve";
/** The signature of the graph: what goes in and comes out. */
export const SIGNATURE = "step";

/** The bytes of saved_model.pb for a GraphDef. */
export function savedModel(
  graphDef: Uint8Array,
  { inputs, outputs }: { readonly inputs: readonly Port[]; readonly outputs: readonly Port[] },
): Uint8Array {
  const signature = new BinaryWriter();
  for (const port of inputs) signature.tag(1, 2).bytes(portEntry(port));
  for (const port of outputs) signature.tag(2, 2).bytes(portEntry(port));
  signature.tag(3, 2).string("tensorflow/serving/predict");
  const information = new BinaryWriter().tag(4, 2).string(TAG); // MetaInfoDef
  const metaGraph = new BinaryWriter().tag(1, 2).bytes(information.finish());
  metaGraph.tag(2, 2).bytes(graphDef);
  metaGraph.tag(5, 2).bytes(entry(SIGNATURE, signature.finish()));
  return new BinaryWriter().tag(1, 0).int64(1).tag(2, 2).bytes(metaGraph.finish()).finish();
}

/** One entry of the map from names to TensorInfo messages. */
function portEntry({ name, ref, type }: Port): Uint8Array {
  const information = new BinaryWriter().tag(1, 2).string(ref);
  information.tag(2, 0).int32(typeNumber(type.dtype)).tag(3, 2).bytes(shapeMessage(type.shape));
  return entry(name, information.finish());
}

/** A map of protobuf is a list of messages with a key and a value. */
function entry(key: string, value: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(1, 2).string(key).tag(2, 2).bytes(value).finish();
}
