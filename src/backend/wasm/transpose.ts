/**
 * `tf.transpose` on the engine `wasm`, for any number of axes.
 *
 * The package's kernel is slow for five axes and more.
 *
 * Source:  https://js.tensorflow.org/api/4.22.0/#transpose
 * Chapter: notebooks/00-start.ipynb
 */
import type { KernelCall, KernelResult, One } from "./kernel-call.ts";
import { placeOf, shareAs, sizeOf } from "./memory.ts";
import { copyAlong, jointAxes, stepsOf } from "./strided-copy.ts";
import { workshopOf } from "./workshop.ts";

/** Axis i of the result is axis `perm[i]` of `x`. */
export function transpose({
  inputs: { x },
  attrs: { perm },
  backend,
}: KernelCall<One, { readonly perm: readonly number[] }>): KernelResult {
  const shape = perm.map((axis) => x.shape[axis]!);
  const fromSteps = stepsOf(x.shape);
  const toSteps = stepsOf(shape);
  const axes = jointAxes(
    perm.map((axis, i) => ({ size: shape[i]!, fromStep: fromSteps[axis]!, toStep: toSteps[i]! })),
  );
  // One axis is left where nothing but axes of length 1 has moved.
  if (axes.length <= 1) return shareAs(x, shape, backend);
  const out = backend.makeOutput(shape, "float32");
  if (sizeOf(shape) === 0) return out;
  const places = { from: placeOf(x, backend), to: placeOf(out, backend) };
  copyAlong(axes, places, workshopOf(backend).loops);
  return out;
}
