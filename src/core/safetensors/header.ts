/**
 * The header of a safetensors file: JSON that says of each tensor its type, its shape, and where its bytes lie.
 *
 *     8 bytes: length N of the header │ N bytes: {"NAME": {"dtype", "shape", "data_offsets": [from, to]}, …} │ data
 *
 * A file is only read when its tensors cover the data one after the other, without a gap and without sharing a byte, and
 * no name comes twice: what two programs read differently is refused.
 *
 * Source:  https://github.com/huggingface/safetensors, README, "Format"
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { DataError } from "../errors.ts";
import { repeatedKey } from "./repeated-key.ts";
import { elementTypes, type ElementType } from "./element-types.ts";

/** Where a tensor lies. */
export interface Entry {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  /** Its first byte in the data. */
  readonly from: number;
  /** The byte behind its last. */
  readonly to: number;
}

/** A header, read and checked. */
export interface Header {
  /** In the order of their bytes. */
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes of the number that says how long the header is. */
export const PREFIX = 8;
/** Other programs refuse longer headers, for a damaged length would make them ask for any amount of memory. */
const LONGEST = 100_000_000;

/** How long the header is, from the first 8 bytes of a file of `size` bytes; throws `DataError`. */
export function headerLength(
  prefix: Uint8Array,
  { who, size }: { who: string; size: number },
): number {
  if (size < PREFIX) {
    throw new DataError(
      `${who}: expected a safetensors file, got ${size} bytes; it is cut off or of another form`,
    );
  }
  const length = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  const most = Math.min(size - PREFIX, LONGEST);
  if (length <= most) return Number(length);
  throw new DataError(
    `${who}: expected a header of at most ${most} bytes, got ${length}; it is cut off or of another form`,
  );
}

/** Reads a header and checks it against the number of bytes behind it; throws `DataError`. */
export function parseHeader(
  bytes: Uint8Array,
  { who, dataSize }: { readonly who: string; readonly dataSize: number },
): Header {
  const header = parseObject(bytes, who);
  const { __metadata__: metadata = {}, ...tensors } = header;
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === "string")) {
    throw new DataError(`${who}: expected strings as __metadata__, got ${shown(metadata)}`);
  }
  const entries = Object.entries(tensors).map(([name, value]) => parseEntry(name, value, who));
  entries.sort((a, b) => a.from - b.from || a.to - b.to);
  expectCover(entries, { who, dataSize });
  return { entries, metadata: metadata as Record<string, string> };
}

function parseObject(bytes: Uint8Array, who: string): Record<string, unknown> {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw new DataError(
      `${who}: expected a header of JSON, got ${shown(String.fromCharCode(...bytes.subarray(0, 40)))}; the file is damaged or of another form`,
      { cause },
    );
  }
  if (!isObject(value)) {
    throw new DataError(`${who}: expected a header of names and tensors, got ${shown(value)}`);
  }
  const twice = repeatedKey(text);
  if (twice === undefined) return value;
  throw new DataError(
    `${who}: expected each name once, got ${shown(twice)} twice; the file cannot be trusted`,
  );
}

function parseEntry(name: string, value: unknown, who: string): Entry {
  const about = `${who}, tensor ${shown(name)}`;
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {};
  if (typeof dtype !== "string" || !Object.hasOwn(elementTypes, dtype)) {
    const known = Object.keys(elementTypes).join(", ");
    throw new DataError(`${about}: expected one of ${known} as dtype, got ${shown(dtype)}`);
  }
  if (!isSizes(shape)) {
    throw new DataError(
      `${about}: expected whole numbers of 0 or more as shape, got ${shown(shape)}`,
    );
  }
  const [from = -1, to = -1] = isSizes(offsets) && offsets.length === 2 ? offsets : [];
  if (from < 0 || to < from) {
    throw new DataError(
      `${about}: expected two rising numbers as data_offsets, got ${shown(offsets)}`,
    );
  }
  const { size } = elementTypes[dtype as ElementType];
  const bytes = shape.reduce((product, length) => product * length, size);
  if (bytes !== to - from) {
    throw new DataError(
      `${about}: expected ${bytes} bytes for ${dtype} of shape (${shape.join(", ")}), got ${to - from}; the file is damaged`,
    );
  }
  return { name, dtype: dtype as ElementType, shape, from, to };
}

/** Each tensor begins where the one before ends, and the last ends where the file does. */
function expectCover(
  entries: readonly Entry[],
  { who, dataSize }: { readonly who: string; readonly dataSize: number },
): void {
  let end = 0;
  for (const { name, from, to } of entries) {
    if (from !== end) {
      throw new DataError(
        `${who}, tensor ${shown(name)}: expected its bytes from ${end} on, behind the tensor before, got ${from}; the file is damaged`,
      );
    }
    end = to;
  }
  if (end === dataSize) return;
  throw new DataError(
    `${who}: expected ${end} bytes of data, got ${dataSize}; it is ${end > dataSize ? "cut off" : "damaged"}`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** A value for a message, its beginning where it is long. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
