/** Weights of a test network: each call of a maker makes its own, all of the same numbers. */
import * as tf from "@tensorflow/tfjs";

/** Normal numbers around 0 with a deviation of `scale`; the seed is the number of weights before. */
export class Weights {
  readonly all: tf.Variable[] = [];

  matrix(rows: number, columns: number, scale: number): tf.Tensor2D {
    return this.#add(
      tf.randomNormal<tf.Rank.R2>([rows, columns], 0, scale, "float32", this.#seed()),
    );
  }

  filter(shape: [number, number, number, number], scale: number): tf.Tensor4D {
    return this.#add(tf.randomNormal<tf.Rank.R4>(shape, 0, scale, "float32", this.#seed()));
  }

  filled(length: number, value: number): tf.Tensor1D {
    return this.#add(tf.fill<tf.Rank.R1>([length], value));
  }

  #seed(): number {
    return this.all.length + 1;
  }

  #add<T extends tf.Tensor>(value: T): T {
    const variable = tf.variable(value);
    this.all.push(variable);
    return variable as unknown as T;
  }
}

/** A step of gradient descent on a loss. */
export function descent(
  weights: readonly tf.Variable[],
  { loss, rate }: { readonly loss: () => tf.Scalar; readonly rate: number },
): tf.Scalar {
  const { value, grads } = tf.variableGrads(loss, [...weights]);
  for (const weight of weights) {
    weight.assign(tf.sub(weight, tf.mul(rate, grads[weight.name] as tf.Tensor)));
  }
  return value;
}

/** Whole numbers below `limit` that look drawn, the same for the same seed. */
export function wholeNumbers(
  shape: [number, number],
  { limit, seed }: { readonly limit: number; readonly seed: number },
): tf.Tensor2D {
  return tf.cast(tf.floor(tf.randomUniform(shape, 0, limit, "float32", seed)), "int32");
}
