/**
 * AdamW for all variables of a model: what it remembers of each, and a step for all of them.
 *
 * The formula stands in `adamw/formula.ts`; here it is one kernel for each variable. The count of steps is a variable as
 * well, so a compiled step counts, and a checkpoint holds it.
 *
 * Source:  Loshchilov and Hutter (2019), "Decoupled Weight Decay Regularization", algorithm 2
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError, ShapeError } from "../core/errors.ts";
import { oneMinusPower } from "./adamw/bias.ts";
import { ADAM_W } from "./adamw/kernel.ts";
import "./adamw/tensorflow.ts";

/** How AdamW learns. */
export interface AdamWConfig {
  /** The learning rate, unless `apply` is given one. */
  readonly rate: number;
  /** β₁, 0.9 by default: the share of the mean gradient that stays at each step. */
  readonly beta1?: number;
  /** β₂, 0.999 by default: the same for the mean of the squares. */
  readonly beta2?: number;
  /** ε, 1e-8 by default: keeps the quotient finite. */
  readonly epsilon?: number;
  /** λ, 0.01 by default: the share of a weight that goes at each step, times the rate. */
  readonly weightDecay?: number;
  /** Which variables decay; by default those with more than one axis, so no biases and no scales. */
  readonly decay?: (variable: tf.Variable) => boolean;
}

/** What is remembered of a variable. */
interface Slot {
  readonly variable: tf.Variable;
  /** The mean of its gradients. */
  readonly m: tf.Variable;
  /** The mean of their squares. */
  readonly v: tf.Variable;
  readonly decays: boolean;
}

/** AdamW: give it the gradients of `tf.variableGrads`, and it changes the variables. */
export class AdamW {
  /** All that a checkpoint must hold: "step" (int32, 0 before the first), "m/NAME" and "v/NAME" of each variable. */
  readonly state: Readonly<Record<string, tf.Variable>>;
  readonly #config: Required<Omit<AdamWConfig, "decay">>;
  readonly #step: tf.Variable;
  readonly #slots: readonly Slot[];

  /** Throws `ConfigError` for numbers out of range, and for variables that are not float32 or come twice. */
  constructor(
    variables: readonly tf.Variable[],
    {
      rate,
      beta1 = 0.9,
      beta2 = 0.999,
      epsilon = 1e-8,
      weightDecay = 0.01,
      decay = (variable) => variable.rank > 1,
    }: AdamWConfig,
  ) {
    this.#config = { rate, beta1, beta2, epsilon, weightDecay };
    expectRanges(this.#config);
    expectVariables(variables);
    this.#step = tf.tidy(() => tf.variable(tf.scalar(0, "int32"), false));
    this.#slots = variables.map((variable) => ({
      variable,
      m: zerosLike(variable),
      v: zerosLike(variable),
      decays: weightDecay > 0 && decay(variable),
    }));
    this.state = Object.fromEntries([
      ["step", this.#step],
      ...this.#slots.map(({ variable, m }) => [`m/${variable.name}`, m] as const),
      ...this.#slots.map(({ variable, v }) => [`v/${variable.name}`, v] as const),
    ]);
  }

  /**
   * Changes each variable by its gradient; one without a gradient stays as it is, weights and memory.
   *
   * `grads` has gradients by the variables' names; others are of no interest. In a compiled step `rate` is a tensor: a
   * number would stay what it was. Throws `ShapeError` for a gradient of another shape, `ConfigError` without any.
   */
  apply(grads: tf.NamedTensorMap, rate: tf.Scalar | number = this.#config.rate): void {
    const { beta1, beta2, epsilon, weightDecay } = this.#config;
    const used = this.#slots.filter(({ variable }) => grads[variable.name] as unknown);
    this.#expectGradients(used, grads);
    tf.tidy(() => {
      this.#step.assign(tf.add(this.#step, tf.scalar(1, "int32")));
      const root = tf.sqrt(oneMinusPower(beta2, this.#step as tf.Scalar));
      const size = tf.div(tf.mul(root, rate), oneMinusPower(beta1, this.#step as tf.Scalar));
      const numbers = { size, epsilon: tf.mul(root, epsilon) };
      const keep = tf.sub(1, tf.mul(rate, weightDecay));
      for (const { variable, m, v, decays } of used) {
        const tensors = { w: variable, m, v, g: grads[variable.name] as tf.Tensor, ...numbers };
        const inputs: tf.NamedTensorMap = decays ? { ...tensors, keep } : tensors;
        const made = tf.engine().runKernel<tf.Tensor[]>(ADAM_W, inputs, { beta1, beta2 });
        [variable, m, v].forEach((each, place) => each.assign(made[place] as tf.Tensor));
      }
    });
  }

  /** Frees what it remembers; the variables stay. */
  dispose(): void {
    tf.dispose(Object.values(this.state));
  }

  #expectGradients(used: readonly Slot[], grads: tf.NamedTensorMap): void {
    if (used.length === 0) {
      const names = this.#slots.map(({ variable }) => variable.name);
      throw new ConfigError(
        `AdamW.apply: expected gradients of ${names.join(", ")}, got ${Object.keys(grads).join(", ") || "none"}; give it the grads of tf.variableGrads`,
      );
    }
    for (const { variable } of used) {
      const { shape } = grads[variable.name] as tf.Tensor;
      if (tf.util.arraysEqual(shape, variable.shape)) continue;
      throw new ShapeError(
        `AdamW.apply ${variable.name}: expected a gradient of shape (${variable.shape.join(", ")}), got (${shape.join(", ")})`,
      );
    }
  }
}

function zerosLike(variable: tf.Variable): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
}

function expectRanges(config: Required<Omit<AdamWConfig, "decay">>): void {
  for (const [name, value] of Object.entries(config)) {
    const isShare = name.startsWith("beta");
    if (value >= 0 && (isShare ? value < 1 : value < Infinity)) continue;
    throw new ConfigError(
      `AdamW ${name}: expected ${isShare ? "a number from 0 up to but not 1" : "a number of 0 or more"}, got ${value}`,
    );
  }
}

function expectVariables(variables: readonly tf.Variable[]): void {
  const names = variables.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (variables.length === 0 || twice !== undefined) {
    throw new ConfigError(
      `AdamW: expected variables to change, each once, got ${twice === undefined ? "none" : `"${twice}" twice`}`,
    );
  }
  const other = variables.find(({ dtype }) => dtype !== "float32");
  if (!other) return;
  throw new ConfigError(
    `AdamW: expected variables of float32, got "${other.name}" of ${other.dtype}; leave it out`,
  );
}
