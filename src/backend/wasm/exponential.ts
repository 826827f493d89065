/**
 * eˣ of four numbers at once: eˣ = 2ⁿ eʳ, where n is the whole number nearest to x / ln 2.
 *
 * The rest |r| ≤ ln 2 / 2 is small enough for a polynomial of degree 7, right to the last bit or the one before.
 *
 * Source:  `expf` of S. Moshier's Cephes library, https://netlib.org/cephes
 * Chapter: notebooks/00-start.ipynb
 */
import { f32x4, i32x4, type Code } from "../../core/wasm-code.ts";
import type { Variable } from "../../core/wasm-module.ts";
import { polynomial, type Formula, type Tools } from "./pointwise.ts";

/** ln 2 in two parts: the first has few bits, so that n times it is exact. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.12194440054690581e-4;

/** (eʳ − 1 − r) / r², from the constant term on. */
const REST = [
  5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.3981999507e-3,
  1.98756915e-4,
];

/** Below, eˣ is 0 in float32; above, it is infinite. */
const LOWEST = -104;
const HIGHEST = 89;

/** Added to a small number, this leaves its nearest whole number in the lowest bits: 1.5 · 2²³. */
const SHIFT = 0xc00000;

/** eˣ; NaN stays NaN. */
export function exponential(x: Variable, { fresh, four }: Tools): Formula {
  const [shifted, n, r] = [fresh("v128"), fresh("v128"), fresh("v128")];
  const [whole, half] = [fresh("v128"), fresh("v128")];
  const rest = f32x4.mul(f32x4.mul(polynomial(r.get, REST.map(four)), r.get), r.get);
  const eToR = f32x4.add(f32x4.add(rest, r.get), four(1));
  /** 2ᵏ: k in the bits of the exponent, which are 127 higher; 1 has just these. */
  const powerOfTwo = (k: Code): Code => i32x4.add(i32x4.shiftLeft(k, 23), four(1));
  return {
    steps: [
      x.set(f32x4.pmin(f32x4.pmax(x.get, four(LOWEST)), four(HIGHEST))),
      shifted.set(f32x4.add(f32x4.mul(x.get, four(Math.LOG2E)), four(SHIFT))),
      n.set(f32x4.sub(shifted.get, four(SHIFT))),
      r.set(f32x4.sub(x.get, f32x4.mul(n.get, four(LN2_HIGH)))),
      r.set(f32x4.sub(r.get, f32x4.mul(n.get, four(LN2_LOW)))),
      whole.set(i32x4.sub(shifted.get, four(SHIFT))),
      half.set(i32x4.shiftRight(whole.get, 1)),
    ],
    // 2ⁿ in two factors: n itself may be beyond the exponents of float32, where eˣ is not.
    value: f32x4.mul(
      f32x4.mul(eToR, powerOfTwo(half.get)),
      powerOfTwo(i32x4.sub(whole.get, half.get)),
    ),
  };
}
