/**
 * `tf.exp`, `tf.erf` and `tf.tanh` on the engine `wasm`, four numbers at a time.
 *
 * Source:  https://js.tensorflow.org/api/4.22.0/#exp, #erf and #tanh
 * Chapter: notebooks/00-start.ipynb
 */
import type { KernelCall, KernelResult, One } from "./kernel-call.ts";
import { placeOf, sizeOf } from "./memory.ts";
import { workshopOf } from "./workshop.ts";

const NUMBER = 4; // bytes of a float32

/** eˣ of each number. */
export function exp(call: KernelCall<One>): KernelResult {
  return apply("exp", call);
}

/** erf(x) of each number. */
export function erf(call: KernelCall<One>): KernelResult {
  return apply("erf", call);
}

/** tanh(x) of each number. */
export function tanh(call: KernelCall<One>): KernelResult {
  return apply("tanh", call);
}

function apply(
  loop: "exp" | "erf" | "tanh",
  { inputs: { x }, backend }: KernelCall<One>,
): KernelResult {
  const out = backend.makeOutput(x.shape, "float32");
  const place = placeOf(x, backend);
  workshopOf(backend).loops[loop](place, placeOf(out, backend), sizeOf(x.shape) * NUMBER);
  return out;
}
