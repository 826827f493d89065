/**
 * Just enough of an assembler to write a WebAssembly function in TypeScript.
 *
 * The instructions are those of `wasm-code.ts`; here they become functions, and the functions a module.
 *
 * Source:  WebAssembly Core Specification 2.0, part 5 "Binary Format", https://webassembly.github.io/spec/core/binary/
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { local, unsigned, type Code } from "./wasm-code.ts";

/** The byte that stands for each type of value. */
const types = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

/** A whole number, a float32 number, or four float32 numbers side by side. */
export type ValueType = keyof typeof types;

/** One function: parameters and then locals have the numbers 0, 1, 2 … in `body`. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly result?: ValueType;
  readonly body: readonly Code[];
}

/** A parameter or local of a function under its name. */
export interface Variable {
  readonly get: Code;
  readonly set: (value: Code) => Code;
}

/** Makes one more local. */
export type Fresh = (type: ValueType) => Variable;

/**
 * A function whose parameters and locals have names: `define("f", { from: "i32" }, ({ from }, fresh) => …)`.
 *
 * The parameters are passed in the order in which they are written.
 */
export function define<Name extends string>(
  name: string,
  parameters: Readonly<Record<Name, ValueType>>,
  write: (variables: Readonly<Record<Name, Variable>>, fresh: Fresh) => readonly Code[],
): WasmFunction {
  const names = Object.keys(parameters) as Name[];
  const locals: ValueType[] = [];
  const fresh: Fresh = (type) => variable(names.length + locals.push(type) - 1);
  const variables = Object.fromEntries(names.map((key, i) => [key, variable(i)]));
  const body = write(variables as Record<Name, Variable>, fresh);
  return { name, parameters: names.map((key) => parameters[key]), locals, body };
}

function variable(number: number): Variable {
  return { get: local.get(number), set: (value) => local.set(number, value) };
}

/** A module of these functions, over a memory that is imported as `host.memory`. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array {
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...section(1, functions.map(signature)),
    ...section(2, [[...text("host"), ...text("memory"), 2, 0, 1]]), // at least 1 page of 64 KiB
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      functions.map(({ name }, i) => [...text(name), 0, ...unsigned(i)]),
    ),
    ...section(10, functions.map(code)),
  ]);
}

function signature({ parameters, result }: WasmFunction): Code {
  const results = result === undefined ? [] : [result];
  return [0x60, ...list(parameters.map(typeByte)), ...list(results.map(typeByte))];
}

function code({ locals, body }: WasmFunction): Code {
  const bytes = [...list(locals.map((type) => [1, types[type]])), ...body.flat(), 0x0b];
  return [...unsigned(bytes.length), ...bytes];
}

function typeByte(type: ValueType): Code {
  return [types[type]];
}

function section(id: number, items: readonly Code[]): Code {
  const bytes = list(items);
  return [id, ...unsigned(bytes.length), ...bytes];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): Code {
  return list([...name].map((letter) => [letter.charCodeAt(0)]));
}
