/**
 * Odd functions that grow flat, as a quotient of two polynomials: x P(x²) / Q(x²) for four numbers at once.
 *
 * Source:  `ptanh_float` and `generic_fast_erf_float` of Eigen, https://gitlab.com/libeigen/eigen
 * Chapter: notebooks/00-start.ipynb
 */
import { f32x4 } from "../../core/wasm-code.ts";
import type { Variable } from "../../core/wasm-module.ts";
import { polynomial, type Formula, type Tools } from "./pointwise.ts";

/** Coefficients of x², the constant first, and from where on the function is flat. */
export interface Quotient {
  readonly above: readonly number[];
  readonly below: readonly number[];
  /** Numbers beyond ±flat count as ±flat. */
  readonly flat: number;
}

/** x P(x²) / Q(x²); NaN stays NaN. */
export function rationalFunction(
  { above, below, flat }: Quotient,
  x: Variable,
  { fresh, four }: Tools,
): Formula {
  const square = fresh("v128");
  return {
    steps: [
      x.set(f32x4.pmin(f32x4.pmax(x.get, four(-flat)), four(flat))),
      square.set(f32x4.mul(x.get, x.get)),
    ],
    value: f32x4.div(
      f32x4.mul(x.get, polynomial(square.get, above.map(four))),
      polynomial(square.get, below.map(four)),
    ),
  };
}
