/**
 * eˣ of four numbers at once: eˣ = 2ⁿ eʳ, where n is the whole number nearest to x / ln 2.
 *
 * The rest |r| ≤ ln 2 / 2 is small enough for a polynomial of degree 7, right to the last bit or the one before.
 *
 * Source:  `expf` of S. Moshier's Cephes library, https://netlib.org/cephes
 * Chapter: notebooks/00-start.ipynb
 */
import { f32x4, i32, i32x4, type Code } from "../../core/wasm-code.ts";
import type { Fresh, Variable } from "../../core/wasm-module.ts";
import { four, polynomial, type Formula } from "./pointwise.ts";

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

/** eˣ; NaN stays NaN. */
export function exponential(x: Variable, fresh: Fresh): Formula {
  const [n, r, whole, half] = [fresh("v128"), fresh("v128"), fresh("v128"), fresh("v128")];
  const rest = f32x4.mul(f32x4.mul(polynomial(r.get, REST), r.get), r.get);
  const eToR = f32x4.add(f32x4.add(rest, r.get), four(1));
  return {
    steps: [
      x.set(f32x4.min(f32x4.max(x.get, four(LOWEST)), four(HIGHEST))),
      n.set(f32x4.nearest(f32x4.mul(x.get, four(Math.LOG2E)))),
      r.set(f32x4.sub(x.get, f32x4.mul(n.get, four(LN2_HIGH)))),
      r.set(f32x4.sub(r.get, f32x4.mul(n.get, four(LN2_LOW)))),
      whole.set(i32x4.truncate(n.get)),
      half.set(i32x4.shiftRight(whole.get, 1)),
    ],
    // 2ⁿ in two factors: n itself may be beyond the exponents of float32, where eˣ is not.
    value: f32x4.mul(
      f32x4.mul(eToR, powerOfTwo(half.get)),
      powerOfTwo(i32x4.sub(whole.get, half.get)),
    ),
  };
}

/** 2ᵏ: k in the bits of the exponent, which are 127 higher. */
function powerOfTwo(k: Code): Code {
  return i32x4.shiftLeft(i32x4.add(k, i32x4.splat(i32.const(127))), 23);
}
