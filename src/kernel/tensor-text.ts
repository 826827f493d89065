/**
 * A tensor of TensorFlow.js in print: its shape, its type, and its first and last values.
 *
 * Source:  the print options of NumPy, https://numpy.org/doc/stable/reference/generated/numpy.set_printoptions.html
 * Chapter: notebooks/00-start.ipynb
 */
import { inspect } from "node:util";

export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed: boolean;
  dataSync(): ArrayLike<unknown>;
}

/** Values at each end of an axis that is longer than twice this. */
const EDGE = 3;

/** `Tensor (2, 3) float32` and, on the next lines, the values, long axes cut in the middle. */
export function tensorText(tensor: TensorLike): string {
  const head = `Tensor (${tensor.shape.join(", ")}) ${tensor.dtype}`;
  if (tensor.isDisposed) return `${head}, disposed`;
  let values: ArrayLike<unknown>;
  try {
    values = tensor.dataSync();
  } catch (error) {
    // On a GPU values cannot be read at once; `await tensor.data()` reads them.
    return `${head}, values not at hand: ${error instanceof Error ? error.message : String(error)}`;
  }
  return `${head}\n${nested(values, tensor.shape, 0, 0)}`;
}

function nested(
  values: ArrayLike<unknown>,
  shape: readonly number[],
  offset: number,
  depth: number,
): string {
  const [length, ...inner] = shape;
  if (length === undefined) return scalar(values[offset]);
  const stride = inner.reduce((product, size) => product * size, 1);
  const shown =
    length > 2 * EDGE
      ? [...range(0, EDGE), undefined, ...range(length - EDGE, length)]
      : range(0, length);
  const parts = shown.map((index) =>
    index === undefined ? "…" : nested(values, inner, offset + index * stride, depth + 1),
  );
  const separator = inner.length === 0 ? ", " : `,\n${" ".repeat(depth + 1)}`;
  return `[${parts.join(separator)}]`;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function scalar(value: unknown): string {
  if (typeof value !== "number") return inspect(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}
