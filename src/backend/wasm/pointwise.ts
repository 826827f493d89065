/**
 * A function of one number, applied to all numbers of a tensor, four at a time.
 *
 * Source:  128-bit SIMD of WebAssembly 2.0
 * Chapter: notebooks/00-start.ipynb
 */
import { doWhile, f32, f32x4, i32, when, type Code } from "../../core/wasm-code.ts";
import { define, type Fresh, type Variable, type WasmFunction } from "../../core/wasm-module.ts";

/** Applies the function to `bytes` bytes, a multiple of 4. */
export type Pointwise = (from: number, to: number, bytes: number) => void;

/** Four results: code that prepares them in locals, and the value. */
export interface Formula {
  readonly steps: readonly Code[];
  readonly value: Code;
}

/** What a formula is written with. */
export interface Tools {
  readonly fresh: Fresh;
  /** The same number four times, made once before the loop: to make it anew takes three instructions. */
  readonly four: (value: number) => Code;
}

/** c₀ + c₁ x + c₂ x² + …, by Horner's rule: ((… + c₂) x + c₁) x + c₀. */
export function polynomial(x: Code, coefficients: readonly Code[]): Code {
  return coefficients.reduceRight((sum, coefficient) => f32x4.add(f32x4.mul(sum, x), coefficient));
}

/** The loop for one function; what is left over at the end is computed one by one, in all four lanes. */
export function pointwise(
  name: string,
  formula: (x: Variable, tools: Tools) => Formula,
): WasmFunction {
  return define(name, { from: "i32", to: "i32", bytes: "i32" }, ({ from, to, bytes }, fresh) => {
    const [x, end] = [fresh("v128"), fresh("i32")];
    const constants: Code[] = [];
    const four = (value: number): Code => {
      const constant = fresh("v128");
      constants.push(constant.set(f32x4.splat(f32.const(value))));
      return constant.get;
    };
    const { steps, value } = formula(x, { fresh, four });
    const before = i32.lessThan(from.get, end.get);
    const untilEnd = (read: Code, write: Code, step: number): Code => {
      const onward = [from, to].map((place) => place.set(i32.add(place.get, i32.const(step))));
      return when(before, [doWhile([x.set(read), ...steps, write, ...onward], before)]);
    };
    return [
      ...constants,
      end.set(i32.add(from.get, i32.and(bytes.get, i32.const(-16)))),
      untilEnd(f32x4.load(from.get), f32x4.store(to.get, value), 16),
      end.set(i32.add(end.get, i32.and(bytes.get, i32.const(15)))),
      untilEnd(f32x4.loadSplat(from.get), f32.store(to.get, f32x4.lane(value, 0)), 4),
    ];
  });
}
