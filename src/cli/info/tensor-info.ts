/**
 * What a safetensors file of any program holds, from its header alone.
 *
 * Source:  https://github.com/huggingface/safetensors, README, "Format"
 * Chapter: notebooks/13-pre-training.ipynb
 */
import type { Header } from "../../core/safetensors/header.ts";
import { counted } from "../terminal/count.ts";
import { columns } from "./columns.ts";

/** A file of tensors. */
export interface TensorInfo {
  readonly bytes: number;
  /** Of all tensors together. */
  readonly numbers: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly {
    readonly name: string;
    readonly dtype: string;
    readonly shape: readonly number[];
  }[];
}

/** What a header says of its file. */
export function tensorInfo(
  { entries, metadata }: Header,
  { bytes }: { readonly bytes: number },
): TensorInfo {
  const numbers = entries.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const tensors = entries.map(({ name, dtype, shape }) => ({ name, dtype, shape }));
  return { bytes, numbers, metadata, tensors };
}

/** The same for a reader: a line for each tensor, in the order of their bytes. */
export function tensorText(
  name: string,
  { bytes, numbers, metadata, tensors }: TensorInfo,
): string {
  const head = `${name}: ${counted(tensors.length, "tensor")}, ${counted(numbers, "number")}, ${counted(bytes, "byte")}\n`;
  const beside = Object.entries(metadata).map(([key, value]) => [key, shown(value)]);
  const rows = tensors.map(({ name, dtype, shape }) => [
    shown(name),
    dtype,
    `(${shape.join(", ")})`,
  ]);
  return `${head}${columns(beside)}${beside.length > 0 ? "\n" : ""}${columns(rows)}`;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A text of a stranger in one line: no control characters, and only its beginning where it is long. */
function shown(text: string): string {
  const safe = text.replaceAll(/\p{Cc}/gu, (each) => JSON.stringify(each).slice(1, -1));
  return safe.length > 200 ? `${safe.slice(0, 200)}…` : safe;
}
