/**
 * Copying a tensor whose axes lie otherwise in memory than they shall: what a transpose is, and a slice.
 *
 * Axes that follow each other in the source too are one. If the last axis lies side by side in the source too, its
 * runs are copied as they are; otherwise it spans a matrix with the axis that does, and that is transposed.
 *
 * Source:  `CollapseDimensions` of TensorFlow's transposes,
 *          https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/kernels/transpose_functor.h
 * Chapter: notebooks/00-start.ipynb
 */
import type { TransposeMatrix } from "./matrix-transpose.ts";
import type { CopyRows } from "./row-copies.ts";

const NUMBER = 4; // bytes of a float32

/** An axis of what is written, without gaps: its length, and bytes from one position to the next on both sides. */
export interface Axis {
  readonly size: number;
  readonly fromStep: number;
  readonly toStep: number;
}

/** Bytes from one position to the next along each axis of a tensor. */
export function stepsOf(shape: readonly number[]): number[] {
  const steps: number[] = [];
  let step = NUMBER;
  for (const size of [...shape].reverse()) {
    steps.unshift(step);
    step *= size;
  }
  return steps;
}

/** The same positions with as few axes as possible: those of length 1 left out, those that follow joined. */
export function jointAxes(axes: readonly Axis[]): Axis[] {
  const joint: Axis[] = [];
  for (const axis of [...axes].reverse()) {
    if (axis.size === 1) continue;
    const inner = joint[0];
    // What is written has no gaps: an axis follows there already.
    const follows = inner !== undefined && axis.fromStep === inner.fromStep * inner.size;
    if (follows) joint[0] = { ...inner, size: axis.size * inner.size };
    else joint.unshift(axis);
  }
  return joint;
}

/** Copies from one place to another along these axes, of which none is empty. */
export function copyAlong(
  axes: readonly Axis[],
  { from, to }: { readonly from: number; readonly to: number },
  loops: { readonly copyRows: CopyRows; readonly transposeMatrix: TransposeMatrix },
): void {
  const one: Axis = { size: 1, fromStep: NUMBER, toStep: NUMBER };
  const joint = jointAxes(axes);
  const last = joint.pop() ?? one;
  if (last.fromStep === NUMBER) {
    const rows = joint.pop() ?? one;
    const bytes = last.size * NUMBER;
    forEachPlace(joint, from, to, (source, target) => {
      loops.copyRows(source, target, rows.size, bytes, rows.fromStep, rows.toStep);
    });
  } else {
    const run = joint.find(({ fromStep }) => fromStep === NUMBER) ?? one;
    const others = joint.filter((axis) => axis !== run);
    forEachPlace(others, from, to, (source, target) => {
      loops.transposeMatrix(source, target, last.size, run.size, last.fromStep, run.toStep);
    });
  }
}

/** Calls `visit` with both places for each position along these axes. */
function forEachPlace(
  [axis, ...rest]: readonly Axis[],
  from: number,
  to: number,
  visit: (from: number, to: number) => void,
): void {
  if (axis === undefined) {
    visit(from, to);
    return;
  }
  for (let i = 0; i < axis.size; i++) {
    forEachPlace(rest, from + i * axis.fromStep, to + i * axis.toStep, visit);
  }
}
