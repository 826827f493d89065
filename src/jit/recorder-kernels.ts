/**
 * The kernels of the recorder, known to TensorFlow.js for as long as a trace lasts.
 *
 * Source:  https://www.tensorflow.org/js/guide/custom_ops
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { Attributes } from "./graph.ts";
import { allKernels, type Kernel } from "./kernels/kernel.ts";
import "./kernels/table.ts";
import { RECORDER, type Infos, type Recorder } from "./recorder.ts";
import { UnsupportedError, UntraceableError } from "./untraceable.ts";

/**
 * Makes every kernel known to TensorFlow.js for the recorder: those of the table are recorded, those that only `engine`
 * has are refused, and so are those that it has not, as it refuses them without a trace.
 */
export function registerRecorderKernels(engine: string): void {
  register("Identity", (recorder, inputs) => recorder.alias((inputs as { x: tf.TensorInfo }).x));
  for (const kernel of allKernels()) {
    const isThere = tf.getKernel(kernel.name, engine) as tf.KernelConfig | undefined;
    register(kernel.name, isThere ? recording(kernel) : refusing(kernel.name, engine));
  }
  for (const { kernelName } of tf.getKernelsForBackend(engine)) {
    register(kernelName, (recorder) =>
      recorder.refuse(
        new UnsupportedError(`the kernel ${kernelName} is not in the compiler's table`),
      ),
    );
  }
}

function recording(kernel: Kernel): Recording {
  return (recorder, inputs, attributes) => {
    const made = recorder.record(kernel, inputs, attributes);
    return kernel.manyOutputs || made.length > 1 ? made : (made[0] as tf.TensorInfo);
  };
}

function refusing(kernel: string, engine: string): Recording {
  return (recorder) =>
    recorder.refuse(
      new UntraceableError(
        `compile: expected kernels that the engine ${engine} has, got ${kernel}; give it one by tf.registerKernel, or use another engine`,
      ),
    );
}

type Recording = (
  recorder: Recorder,
  inputs: Infos,
  attributes: Attributes,
) => tf.TensorInfo | tf.TensorInfo[];

/** Takes the kernels away, so that the next trace begins with those that are in the table then. */
export function unregisterRecorderKernels(): void {
  for (const { kernelName } of tf.getKernelsForBackend(RECORDER)) {
    tf.unregisterKernel(kernelName, RECORDER);
  }
}

/** Registers a kernel; the first meaning stays. */
function register(kernelName: string, recording: Recording): void {
  if (tf.getKernel(kernelName, RECORDER)) return;
  tf.registerKernel({
    kernelName,
    backendName: RECORDER,
    kernelFunc: ({ inputs, attrs, backend }) => recording(backend as Recorder, inputs, attrs ?? {}),
  });
}
