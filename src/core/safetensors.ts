/**
 * Tensors in a file that every framework reads: names, shapes and types in a header of JSON, then plain numbers.
 *
 * Nothing in such a file is a program, so one from a stranger can be read. `safetensors/header.ts` shows the form.
 *
 * Source:  https://github.com/huggingface/safetensors, README, "Format"
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { open, stat, type FileHandle } from "node:fs/promises";

import { replaceDurably } from "./durable-file.ts";
import { DataError } from "./errors.ts";
import {
  dataOf,
  elementTypes,
  type ElementType,
  type TensorData,
} from "./safetensors/element-types.ts";
import { headerLength, parseHeader, PREFIX, type Header } from "./safetensors/header.ts";

/** A tensor of a file. */
export interface StoredTensor {
  readonly dtype: ElementType;
  /** No axes: one number. */
  readonly shape: readonly number[];
  /** Its elements, row by row; F16 and BF16 are read as float32. */
  readonly data: TensorData;
}

/** What a file holds. */
export interface Safetensors {
  /** By name, in the order of their bytes. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Who reads, for messages: most often the path of a file. */
export interface ParseOptions {
  readonly who: string;
}

/** What is written beside the tensors. Default: nothing. */
export interface SerializeOptions {
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The tensors of a file that lies in memory, as views of its bytes where these can be seen as numbers.
 *
 * Throws `DataError` for bytes that are cut off, damaged or of another form, for tensors that overlap or leave gaps, and
 * for a name that comes twice.
 */
export function parseSafetensors(bytes: Uint8Array, { who }: ParseOptions): Safetensors {
  const length = headerLength(bytes, { who, size: bytes.byteLength });
  const data = bytes.subarray(PREFIX + length);
  const dataSize = data.byteLength;
  const header = parseHeader(bytes.subarray(PREFIX, PREFIX + length), { who, dataSize });
  const tensors = header.entries.map(({ name, dtype, shape, from, to }) => {
    return [name, { dtype, shape, data: dataOf(dtype, data.subarray(from, to)) }] as const;
  });
  return { tensors: new Map(tensors), metadata: header.metadata };
}

/** Reads a file, tensor by tensor. Throws `DataError` where there is none or it cannot be read, and as `parseSafetensors`. */
export async function readSafetensors(path: string): Promise<Safetensors> {
  return withFile(path, async (file, size) => {
    const { header, start } = await readHeader(file, { who: path, size });
    const tensors = new Map<string, StoredTensor>();
    for (const { name, dtype, shape, from, to } of header.entries) {
      const bytes = await readBytes(file, { who: path, from: start + from, length: to - from });
      tensors.set(name, { dtype, shape, data: dataOf(dtype, bytes) });
    }
    return { tensors, metadata: header.metadata };
  });
}

/** Reads the header of a file alone: what it holds, without the numbers. Throws as `readSafetensors`. */
export async function readSafetensorsHeader(path: string): Promise<Header> {
  return withFile(path, async (file, size) => {
    return (await readHeader(file, { who: path, size })).header;
  });
}

/**
 * The bytes of a file, piece by piece: the header, then each tensor, large elements first so that each begins at a
 * multiple of its size.
 *
 * `data` of a tensor is asked for when its turn comes, so it may be a getter that fetches it. Throws `DataError` for data
 * that does not fit its type and shape, and for names and metadata that other programs do not read.
 */
export function* serializeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  { metadata = {} }: SerializeOptions = {},
): Generator<Uint8Array, void> {
  const sizeOf = ({ dtype }: StoredTensor): number => elementTypes[dtype].size;
  const ordered = [...tensors].sort(([, a], [, b]) => sizeOf(b) - sizeOf(a));
  let end = 0;
  const entries = ordered.map(([name, { dtype, shape }]) => {
    const from = end;
    end += shape.reduce((product, length) => product * length, elementTypes[dtype].size);
    return [name, { dtype, shape, data_offsets: [from, end] }] as const;
  });
  expectNames([...tensors.keys()], metadata);
  const about = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  yield headerBytes(JSON.stringify({ ...about, ...Object.fromEntries(entries) }));
  for (const [name, tensor] of ordered) yield bytesOf(name, tensor);
}

/**
 * Writes a file beside its place, forces it to the disk and renames it: at every moment the old file or the new one is
 * whole.
 *
 * Throws `DataError` when it cannot be written, and what `serializeSafetensors` and a getter of `data` throw; the old
 * file stays.
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  options: SerializeOptions = {},
): Promise<void> {
  try {
    await replaceDurably(path, serializeSafetensors(tensors, options));
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    throw new DataError(
      `${path}: expected a file that can be written, got "${cause.message}"; make room or name another folder, what was there before is intact`,
      { cause },
    );
  }
}

/** The header behind its length, filled with spaces so that the data begins at a multiple of 8. */
function headerBytes(json: string): Uint8Array {
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(PREFIX + Math.ceil(text.length / 8) * 8).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(bytes.length - PREFIX), true);
  bytes.set(text, PREFIX);
  return bytes;
}

function bytesOf(name: string, { dtype, shape, data }: StoredTensor): Uint8Array {
  const { Stored, widen } = elementTypes[dtype];
  const length = shape.reduce((product, each) => product * each, 1);
  if (widen || !(data instanceof Stored) || data.length !== length) {
    const expected = widen ? "a type that is written, such as F32" : `${length} of ${Stored.name}`;
    throw new DataError(
      `serializeSafetensors "${name}": expected ${expected} for ${dtype} of shape (${shape.join(", ")}), got ${data.length} of ${data.constructor.name}`,
    );
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Half of a character has no bytes in UTF-8, and the name of the metadata is taken. */
function expectNames(names: readonly string[], metadata: Readonly<Record<string, string>>): void {
  const taken = names.find((name) => name === "__metadata__");
  const texts = [...names, ...Object.entries(metadata).flat()];
  const bad = taken ?? texts.find((text) => /\p{Surrogate}/u.test(text));
  if (bad === undefined) return;
  throw new DataError(
    `serializeSafetensors: expected names and texts of whole characters, other than "__metadata__", got ${JSON.stringify(bad)}`,
  );
}

async function withFile<T>(
  path: string,
  work: (file: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  try {
    // A pipe would wait for a writer for ever.
    const stats = await stat(path);
    if (!stats.isFile()) throw new Error("something there that is no file");
    const file = await open(path, "r");
    try {
      return await work(file, stats.size);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(
      `${path}: expected a safetensors file that can be read, got "${reason}"; name another`,
      { cause },
    );
  }
}

async function readHeader(
  file: FileHandle,
  { who, size }: { readonly who: string; readonly size: number },
): Promise<{ readonly header: Header; readonly start: number }> {
  const prefix = await readBytes(file, { who, from: 0, length: Math.min(size, PREFIX) });
  const length = headerLength(prefix, { who, size });
  const start = PREFIX + length;
  const bytes = await readBytes(file, { who, from: PREFIX, length });
  return { header: parseHeader(bytes, { who, dataSize: size - start }), start };
}

/** The system reads at most 2 GiB at once. */
const MOST_AT_ONCE = 2 ** 30;

async function readBytes(
  file: FileHandle,
  { who, from, length }: { readonly who: string; readonly from: number; readonly length: number },
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const most = Math.min(length - done, MOST_AT_ONCE);
    const { bytesRead } = await file.read(bytes, done, most, from + done);
    if (bytesRead === 0) {
      throw new DataError(
        `${who}: expected ${length} bytes from ${from} on, got ${done}; it was cut off meanwhile`,
      );
    }
    done += bytesRead;
  }
  return bytes;
}
