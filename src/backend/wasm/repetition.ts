/**
 * `tf.tile`, and with it `tf.broadcastTo`, on the engine `wasm`: copies that stay in place in the source.
 *
 * An axis of d numbers repeated r times is two axes of the result, r and d; along r the source does not move.
 *
 * Source:  https://js.tensorflow.org/api/4.22.0/#tile
 * Chapter: notebooks/00-start.ipynb
 */
import type { KernelCall, KernelResult, One } from "./kernel-call.ts";
import { placeOf, sizeOf } from "./memory.ts";
import { copyAlong, stepsOf } from "./strided-copy.ts";
import { workshopOf } from "./workshop.ts";

/** Axis i of `x`, `reps[i]` times one after the other. */
export function tile({
  inputs: { x },
  attrs: { reps },
  backend,
}: KernelCall<One, { readonly reps: readonly number[] }>): KernelResult {
  const shape = x.shape.map((size, i) => size * reps[i]!);
  const out = backend.makeOutput(shape, "float32");
  if (sizeOf(shape) === 0) return out;
  const fromSteps = stepsOf(x.shape);
  const toSteps = stepsOf(shape);
  const axes = x.shape.flatMap((size, i) => [
    { size: reps[i]!, fromStep: 0, toStep: toSteps[i]! * size },
    { size, fromStep: fromSteps[i]!, toStep: toSteps[i]! },
  ]);
  const places = { from: placeOf(x, backend), to: placeOf(out, backend) };
  copyAlong(axes, places, workshopOf(backend).loops);
  return out;
}
