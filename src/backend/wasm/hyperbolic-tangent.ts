/**
 * tanh(x) of four numbers at once, as in TensorFlow itself: x P(x²) / Q(x²).
 *
 * Source:  `ptanh_float` of Eigen, https://gitlab.com/libeigen/eigen, whose coefficients these are
 * Chapter: notebooks/00-start.ipynb
 */
import type { Variable } from "../../core/wasm-module.ts";
import type { Formula, Tools } from "./pointwise.ts";
import { rationalFunction } from "./rational-function.ts";

const P = [
  4.89352455891786e-3, 6.37261928875436e-4, 1.48572235717979e-5, 5.12229709037114e-8,
  -8.60467152213735e-11, 2.00018790482477e-13, -2.76076847742355e-16,
];
const Q = [4.89352518554385e-3, 2.268434632439e-3, 1.18534705686654e-4, 1.19825839466702e-6];

/** From here on tanh is 1 in float32, less one unit of the last place. */
const FLAT = 7.90531110763549805;

/** tanh(x); NaN stays NaN. */
export function hyperbolicTangent(x: Variable, tools: Tools): Formula {
  return rationalFunction({ above: P, below: Q, flat: FLAT }, x, tools);
}
