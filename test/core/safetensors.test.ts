import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import {
  parseSafetensors,
  readSafetensors,
  readSafetensorsHeader,
  serializeSafetensors,
  writeSafetensors,
  type StoredTensor,
} from "../../src/core/safetensors.ts";
import { elementTypes, type ElementType } from "../../src/core/safetensors/element-types.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safetensors-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A file with this header, and so many bytes of data. */
function file(header: string | object, dataSize = 0): Uint8Array {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([prefix, text, Buffer.alloc(dataSize)]);
}

const f32 = (from: number, to: number): object => ({
  dtype: "F32",
  shape: [(to - from) / 4],
  data_offsets: [from, to],
});

const parse = (bytes: Uint8Array): unknown => parseSafetensors(bytes, { who: "x" });
const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return (error as Error).message;
  }
  throw new Error("expected an error, got none");
};
const whole = (...args: Parameters<typeof serializeSafetensors>): Uint8Array =>
  Buffer.concat([...serializeSafetensors(...args)]);

/** Any tensor of a type that is written, of any bits. */
const anyTensor: fc.Arbitrary<StoredTensor> = fc
  .record({
    dtype: fc.constantFrom(
      ...(Object.keys(elementTypes) as ElementType[]).filter((type) => !elementTypes[type].widen),
    ),
    shape: fc.array(fc.nat(3), { maxLength: 4 }),
    seed: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  })
  .map(({ dtype, shape, seed }) => {
    const length = shape.reduce((product, each) => product * each, 1);
    const { size, Stored } = elementTypes[dtype];
    const bytes = Uint8Array.from({ length: length * size }, (_, i) => seed[i % seed.length]! + i);
    return { dtype, shape, data: new Stored(bytes.buffer, 0, length) };
  });
const wholeText = fc.string({ unit: "binary" });
const anyName = wholeText.filter((name) => name !== "__metadata__");
const bitsOf = ({ data }: StoredTensor): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

describe("tensors in a file", () => {
  it("come back as they went, whatever their names, types, shapes and bits", () => {
    const anyTensors = fc.uniqueArray(fc.tuple(anyName, anyTensor), { selector: ([name]) => name });
    fc.assert(
      fc.property(anyTensors, fc.dictionary(wholeText, wholeText), (tensors, metadata) => {
        const bytes = whole(new Map(tensors), { metadata });
        const read = parseSafetensors(bytes, { who: "x" });
        expect({ ...read.metadata }).toEqual({ ...metadata });
        expect([...read.tensors.keys()].sort()).toEqual(tensors.map(([name]) => name).sort());
        for (const [name, tensor] of tensors) {
          const found = read.tensors.get(name)!;
          expect([found.dtype, found.shape]).toEqual([tensor.dtype, tensor.shape]);
          expect(bitsOf(found)).toEqual(bitsOf(tensor));
        }
      }),
    );
  });

  it("have the bytes of the published form", () => {
    const tensors = new Map<string, StoredTensor>([
      ["b", { dtype: "I32", shape: [], data: Int32Array.of(-2) }],
      ["a", { dtype: "I64", shape: [1], data: BigInt64Array.of(3n) }],
    ]);
    const json =
      '{"__metadata__":{"k":"v"},"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"I32","shape":[],"data_offsets":[8,12]}}';
    const padded = json.padEnd(Math.ceil(json.length / 8) * 8);
    const expected = file(padded, 12);
    expected.set([3, 0, 0, 0, 0, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff], expected.length - 12);
    const bytes = whole(tensors, { metadata: { k: "v" } });
    expect(Buffer.from(bytes)).toEqual(Buffer.from(expected));
    expect((bytes.length - 12) % 8).toBe(0);
  });

  it("of half precision are read as the float32 that they mean", () => {
    const half = [0x3c00, 0xc000, 0x0001, 0x03ff, 0x7bff, 0x7c00, 0xfc00, 0x7e00, 0x3555, 0x8000];
    const brain = [0x3f80, 0xc000, 0x7f80, 0x3eab, 0x0001];
    const read = (dtype: string, words: number[]): number[] => {
      const size = 2 * words.length;
      const bytes = file({ t: { dtype, shape: [words.length], data_offsets: [0, size] } }, size);
      bytes.set(new Uint8Array(Uint16Array.from(words).buffer), bytes.length - size);
      const { data } = parseSafetensors(bytes, { who: "x" }).tensors.get("t")!;
      return Array.from(data as Float32Array);
    };
    // 0x3555: 2⁻² · (1 + 341/1024); 0x03ff: 1023 · 2⁻²⁴, the largest below the normal ones.
    const third = 0.25 * (1 + 341 / 1024);
    expect(read("F16", half)).toEqual([
      1,
      -2,
      2 ** -24,
      1023 * 2 ** -24,
      65504,
      Infinity,
      -Infinity,
      NaN,
      third,
      -0,
    ]);
    expect(read("BF16", brain)).toEqual([1, -2, Infinity, 0.333984375, 2 ** -133]);
  });

  it("are read where their bytes begin at any place", () => {
    const bytes = new Uint8Array(100);
    const written = whole(new Map([["t", { dtype: "F64", shape: [1], data: Float64Array.of(7) }]]));
    bytes.set(written, 3);
    const read = parseSafetensors(bytes.subarray(3, 3 + written.length), { who: "x" });
    expect(read.tensors.get("t")!.data).toEqual(Float64Array.of(7));
  });
});

describe("a file from a stranger", () => {
  it.each<[string, Uint8Array, string]>([
    [
      "is too short",
      Buffer.from("1234567"),
      "x: expected a safetensors file, got 7 bytes; it is cut off or of another form",
    ],
    [
      "is a text",
      Buffer.from("Once upon a time"),
      "x: expected a header of at most 8 bytes, got 8030046917602012751; it is cut off or of another form",
    ],
    [
      "claims a huge header",
      Buffer.from([255, 255, 255, 255, 255, 255, 255, 255, 123, 125]),
      "x: expected a header of at most 2 bytes, got 18446744073709551615; it is cut off or of another form",
    ],
    [
      "has no JSON",
      file("{oh}"),
      'x: expected a header of JSON, got "{oh}"; the file is damaged or of another form',
    ],
    [
      "has half a character",
      file('{"\u{e9}":1}').map((byte) => (byte === 0xc3 ? 0x22 : byte)),
      'x: expected a header of JSON, got "{\\"\\"©\\":1}"; the file is damaged or of another form',
    ],
    ["has a list", file([1]), "x: expected a header of names and tensors, got [1]"],
    [
      "has numbers as metadata",
      file({ __metadata__: { n: 1 } }),
      'x: expected strings as __metadata__, got {"n":1}',
    ],
    [
      "has a tensor that is none",
      file({ a: null }),
      'x, tensor "a": expected one of F64, I64, U64, F32, I32, U32, F16, BF16, I16, U16, I8, U8, BOOL as dtype, got nothing',
    ],
    [
      "has a type of no size",
      file({ a: { ...f32(0, 4), dtype: "toString" } }, 4),
      'x, tensor "a": expected one of F64, I64, U64, F32, I32, U32, F16, BF16, I16, U16, I8, U8, BOOL as dtype, got "toString"',
    ],
    [
      "has a negative size",
      file({ a: { ...f32(0, 4), shape: [-1] } }, 4),
      'x, tensor "a": expected whole numbers of 0 or more as shape, got [-1]',
    ],
    [
      "has half a size",
      file({ a: { ...f32(0, 6), shape: [1.5] } }, 6),
      'x, tensor "a": expected whole numbers of 0 or more as shape, got [1.5]',
    ],
    [
      "runs backwards",
      file({ a: { ...f32(4, 0), shape: [1] } }, 4),
      'x, tensor "a": expected two rising numbers as data_offsets, got [4,0]',
    ],
    [
      "has three offsets",
      file({ a: { ...f32(0, 4), data_offsets: [0, 4, 4] } }, 4),
      'x, tensor "a": expected two rising numbers as data_offsets, got [0,4,4]',
    ],
    [
      "has sizes whose product is beyond all",
      file({ a: { ...f32(0, 4), shape: [2 ** 52, 2 ** 52] } }, 4),
      'x, tensor "a": expected 8.112963841460668e+31 bytes for F32 of shape (4503599627370496, 4503599627370496), got 4; the file is damaged',
    ],
    [
      "has more bytes than its shape",
      file({ a: { ...f32(0, 8), shape: [1] } }, 8),
      'x, tensor "a": expected 4 bytes for F32 of shape (1), got 8; the file is damaged',
    ],
    [
      "lets two share bytes",
      file({ a: f32(0, 8), b: f32(4, 12) }, 12),
      'x, tensor "b": expected its bytes from 8 on, behind the tensor before, got 4; the file is damaged',
    ],
    [
      "lets two be one",
      file({ a: f32(0, 8), b: f32(0, 8) }, 8),
      'x, tensor "b": expected its bytes from 8 on, behind the tensor before, got 0; the file is damaged',
    ],
    [
      "leaves a gap",
      file({ a: f32(0, 4), b: f32(8, 12) }, 12),
      'x, tensor "b": expected its bytes from 4 on, behind the tensor before, got 8; the file is damaged',
    ],
    [
      "begins late",
      file({ a: f32(4, 8) }, 8),
      'x, tensor "a": expected its bytes from 0 on, behind the tensor before, got 4; the file is damaged',
    ],
    ["is cut off", file({ a: f32(0, 8) }, 7), "x: expected 8 bytes of data, got 7; it is cut off"],
    ["goes on", file({ a: f32(0, 8) }, 9), "x: expected 8 bytes of data, got 9; it is damaged"],
    [
      "points behind its end",
      file({ a: f32(0, 4e9) }, 4),
      "x: expected 4000000000 bytes of data, got 4; it is cut off",
    ],
    [
      "has a name twice",
      file(
        '{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\\u0061":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}',
      ),
      'x: expected each name once, got "a" twice; the file cannot be trusted',
    ],
    [
      "has a shape twice",
      file('{"a":{"dtype":"F32","shape":[0],"shape":[0],"data_offsets":[0,0]}}'),
      'x: expected each name once, got "shape" twice; the file cannot be trusted',
    ],
  ])("that %s is refused", (_, bytes, message) => {
    expect(messageOf(() => parse(bytes))).toBe(message);
  });

  it("may have names that look like JSON", () => {
    const bytes = file({ 'a":{"a"': f32(0, 4), a: f32(4, 8) }, 8);
    expect([...parseSafetensors(bytes, { who: "x" }).tensors.keys()]).toEqual(['a":{"a"', "a"]);
  });

  it("is refused or read, never anything else, wherever one byte is changed or the end is cut", () => {
    const tensor: StoredTensor = { dtype: "F32", shape: [2], data: Float32Array.of(1, 2) };
    const good = whole(new Map([["a", tensor]]), { metadata: { k: "v" } });
    const place = fc.nat(good.length - 1);
    fc.assert(
      fc.property(place, fc.nat(255), fc.nat(good.length), (at, byte, length) => {
        const bad = good.slice(0, length);
        bad[at] = byte;
        try {
          const { tensors } = parseSafetensors(bad, { who: "x" });
          expect(length).toBe(good.length);
          expect(tensors.size).toBe(1);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("writing", () => {
  const data = Float32Array.of(1, 2);
  const good = new Map<string, StoredTensor>([["a", { dtype: "F32", shape: [2], data }]]);

  it.each<[string, StoredTensor, string]>([
    [
      "too few numbers",
      { dtype: "F32", shape: [3], data },
      'serializeSafetensors "a": expected 3 of Float32Array for F32 of shape (3), got 2 of Float32Array',
    ],
    [
      "other numbers",
      { dtype: "I32", shape: [2], data },
      'serializeSafetensors "a": expected 2 of Int32Array for I32 of shape (2), got 2 of Float32Array',
    ],
    [
      "half precision",
      { dtype: "F16", shape: [2], data },
      'serializeSafetensors "a": expected a type that is written, such as F32 for F16 of shape (2), got 2 of Float32Array',
    ],
  ])("refuses %s", (_, tensor, message) => {
    expect(messageOf(() => whole(new Map([["a", tensor]])))).toBe(message);
  });

  it.each(["__metadata__", "half \ud83d"])("refuses the name %j", (name) => {
    expect(messageOf(() => whole(new Map([[name, good.get("a")!]])))).toBe(
      `serializeSafetensors: expected names and texts of whole characters, other than "__metadata__", got ${JSON.stringify(name)}`,
    );
  });

  it("asks for each tensor's numbers once, when its turn comes", async () => {
    const asked: string[] = [];
    const lazy = (name: string): StoredTensor => ({
      dtype: "F32",
      shape: [2],
      get data() {
        asked.push(name);
        return data;
      },
    });
    const pieces = serializeSafetensors(new Map(["a", "b"].map((name) => [name, lazy(name)])));
    pieces.next();
    expect(asked).toEqual([]);
    pieces.next();
    expect(asked).toEqual(["a"]);
    await writeSafetensors(join(folder, "t"), new Map([["c", lazy("c")]]));
    expect(asked).toEqual(["a", "c"]);
  });

  it("and reading go through a file, which may be asked for its header alone", async () => {
    const path = join(folder, "t.safetensors");
    await writeSafetensors(path, good, { metadata: { step: "3" } });
    expect(readFileSync(path)).toEqual(Buffer.from(whole(good, { metadata: { step: "3" } })));
    const read = await readSafetensors(path);
    expect(read.tensors.get("a")).toEqual({ dtype: "F32", shape: [2], data });
    expect(await readSafetensorsHeader(path)).toEqual({
      metadata: { step: "3" },
      entries: [{ name: "a", dtype: "F32", shape: [2], from: 0, to: 8 }],
    });
    expect(readdirSync(folder)).toEqual(["t.safetensors"]);
  });

  it("that fails leaves the old file and nothing else", async () => {
    const path = join(folder, "t.safetensors");
    await writeSafetensors(path, good);
    const before = readFileSync(path);
    const broken: StoredTensor = {
      dtype: "F32",
      shape: [2],
      get data(): Float32Array {
        throw new DataError("not this time");
      },
    };
    const written = writeSafetensors(path, new Map([...good, ["b", broken]]));
    await expect(written).rejects.toThrow(new DataError("not this time"));
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(folder)).toEqual(["t.safetensors"]);
  });

  it("removes what an ended process has left beside, and nothing of a living one", async () => {
    const path = join(folder, "t");
    const left = ["t.999999999.tmp", `t.${process.ppid}.tmp`, "other.999999999.tmp"];
    for (const name of left) writeFileSync(join(folder, name), "half");
    await writeSafetensors(path, good);
    expect(readdirSync(folder).sort()).toEqual([...left.slice(1), "t"].sort());
  });

  it("into no folder says so", async () => {
    const path = join(folder, "none", "t");
    await expect(writeSafetensors(path, good)).rejects.toThrow(
      new DataError(
        `${path}: expected a file that can be written, got "ENOENT: no such file or directory, scandir '${join(folder, "none")}'"; make room or name another folder, what was there before is intact`,
      ),
    );
  });

  it.each([
    ["none", "ENOENT: no such file or directory, stat 'PATH'"],
    [".", "something there that is no file"],
  ])("is not needed to hear that there is nothing to read: %s", async (name, reason) => {
    const path = join(folder, name);
    await expect(readSafetensors(path)).rejects.toThrow(
      new DataError(
        `${path}: expected a safetensors file that can be read, got "${reason.replace("PATH", path)}"; name another`,
      ),
    );
  });
});
