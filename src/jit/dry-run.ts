/**
 * Calls a step once for what it makes, and takes back what it did to the variables.
 *
 * Optimizers make their variables at the first call. Afterwards these are there, with the values they began with, and
 * every other variable holds what it held before.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Training-Optimizers
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { holdData } from "./held-data.ts";
import { withoutCounting } from "./optimizer-steps.ts";

interface Held {
  readonly variable: tf.Variable;
  readonly data: tf.Tensor;
}

/** Runs `step`; throws what it throws, the variables restored. */
export function dryRun(step: () => void): void {
  const engine = tf.engine();
  const hold = (variable: tf.Variable): Held => ({ variable, data: holdData(variable) });
  const held = Object.values(engine.registeredVariables).map(hold);
  const make = engine.makeVariable.bind(engine);
  engine.makeVariable = (...values) => {
    const variable = make(...values);
    held.push(hold(variable));
    return variable;
  };
  try {
    withoutCounting(step);
  } finally {
    Reflect.deleteProperty(engine, "makeVariable"); // the method of the class shows again
    for (const { variable, data } of held) {
      if (!variable.isDisposed) variable.assign(data);
      data.dispose();
    }
  }
}
