/**
 * erf(x), the integral of the bell curve that GELU is made of, for four numbers at once.
 *
 * erf(x) ≈ x P(x²) / Q(x²), as in TensorFlow itself; beyond ±4, erf is ±1 in float32.
 *
 * Source:  `generic_fast_erf_float` of Eigen, https://gitlab.com/libeigen/eigen, whose coefficients these are
 * Chapter: notebooks/00-start.ipynb
 */
import type { Variable } from "../../core/wasm-module.ts";
import type { Formula, Tools } from "./pointwise.ts";
import { rationalFunction } from "./rational-function.ts";

const P = [
  -1.60960333262415e-2, -2.95459980854025e-3, -7.34990630326855e-4, -5.69250639462346e-5,
  -2.10102402082508e-6, 2.77068142495902e-8, -2.72614225801306e-10,
];
const Q = [
  -1.42647390514189e-2, -7.37332916720468e-3, -1.68282697438203e-3, -2.13374055278905e-4,
  -1.45660718464996e-5,
];
const FLAT = 4;

/** erf(x); NaN stays NaN. */
export function errorFunction(x: Variable, tools: Tools): Formula {
  return rationalFunction({ above: P, below: Q, flat: FLAT }, x, tools);
}
