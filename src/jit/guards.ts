/**
 * Refuses what only looks as if a compiled step repeated it at each call.
 *
 * Source:  https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html, on pure functions and random numbers
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { Recorder } from "./recorder.ts";
import { UntraceableError, VariableMadeError } from "./untraceable.ts";

const RANDOM =
  "compile: expected a step that draws no numbers from Math.random, got one that does (tf.dropout, tf.randomUniform, tf.randomNormal without a seed …); the compiled step would repeat the same draw at each call. Draw from a seed tensor that is an argument of the step, as glassbox/ops/random and glassbox/ops/dropout do";
const KEPT =
  "compile: expected a step that leaves no tensor behind but its results, got one that keeps a tensor (tf.keep); what is kept would not change from call to call. Keep it in a tf.variable, made outside of the step, and assign to it inside";
const ENGINE =
  "compile: expected a step that stays on its engine, got one that calls tf.setBackend; choose the engine outside of the step";

/** The guards of one trace. */
export interface Guards {
  /** Refuses a step that has kept tensors, and frees these. */
  readonly expectNothingKept: () => void;
  /** Frees what was kept, a tape's tensors too: after an error nobody else does. */
  readonly disposeKept: () => void;
  /** Makes everything as it was. */
  readonly takeAway: () => void;
}

/** Guards a trace against random numbers, new variables, another engine and kept tensors. */
export function setGuards(recorder: Recorder): Guards {
  const engine = tf.engine();
  const { random } = Math;
  const keep = engine.keep.bind(engine);
  const kept: tf.Tensor[] = [];
  Object.assign(Math, { random: () => recorder.refuse(new UntraceableError(RANDOM)) });
  Object.assign(engine, {
    makeVariable: () => recorder.refuse(new VariableMadeError()),
    setBackend: () => recorder.refuse(new UntraceableError(ENGINE)),
    // The engine keeps tensors for gradients too, and frees them with the tape.
    keep: <T extends tf.Tensor>(tensor: T): T => {
      kept.push(tensor);
      return keep(tensor);
    },
  });
  const left = (): tf.Tensor[] =>
    kept.filter((tensor) => !tensor.isDisposed && recorder.owns(tensor.dataId));
  return {
    expectNothingKept: () => {
      if (left().length > 0) recorder.refuse(new UntraceableError(KEPT));
    },
    disposeKept: () => tf.dispose(left()),
    takeAway: () => {
      Object.assign(Math, { random });
      // The methods of the class show again.
      for (const name of ["makeVariable", "setBackend", "keep"]) {
        Reflect.deleteProperty(engine, name);
      }
    },
  };
}
