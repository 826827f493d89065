/**
 * Weights: a tree of what each begins as becomes the same tree of variables.
 *
 *     { weight: normal([C, 3 * C], 0.02), bias: zeros([3 * C]) }  ->  { weight: Variable (C, 3C), bias: Variable (3C) }
 *
 * So every first value of a model stands in one table, and its layers are functions of tensors.
 *
 * Source:  https://docs.jax.dev/en/latest/pytrees.html
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../core/errors.ts";
import { randomNormal } from "../ops/random.ts";

/** What a weight begins as: ones, zeros, or normal numbers around 0 with that deviation. */
export interface Initial<R extends tf.Rank> {
  readonly shape: tf.ShapeMap[R];
  readonly start: "ones" | "zeros" | number;
}

/** A tree with a variable in place of each first value. */
export type Weights<Tree> =
  Tree extends Initial<infer R>
    ? tf.Variable<R>
    : Tree extends undefined
      ? undefined
      : { readonly [Name in keyof Tree]: Weights<Tree[Name]> };

/** Normal numbers around 0 with that deviation: where a matrix begins. */
export function normal(shape: [number, number], deviation: number): Initial<tf.Rank.R2> {
  return { shape, start: deviation };
}

/** Ones: where a gain begins. */
export function ones(shape: [number]): Initial<tf.Rank.R1> {
  return { shape, start: "ones" };
}

/** Zeros: where a bias begins. */
export function zeros(shape: [number]): Initial<tf.Rank.R1> {
  return { shape, start: "zeros" };
}

/**
 * The variables of a tree, each at its first value; the same seed gives the same numbers.
 *
 * The n-th weight of the tree draws stream n of the seed (`ops/random`), so it does not depend on the sizes of the
 * others. They are yours to dispose: `tf.dispose(weights)`. Throws `ConfigError` for a seed that is no whole number from
 * 0 to 2⁵³ − 1.
 */
export function makeWeights<Tree>(tree: Tree, { seed }: { readonly seed: number }): Weights<Tree> {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new ConfigError(
      `makeWeights: expected a whole number from 0 to 2^53 - 1 as seed, got ${seed}; use one such as 1`,
    );
  }
  return tf.tidy(() => {
    const key = tf.tensor1d([seed | 0, Math.floor(seed / 2 ** 32)], "int32");
    let stream = 0;
    return mapTree(tree, (initial) =>
      tf.variable(firstValue(initial, { seed: key, stream: stream++ })),
    ) as Weights<Tree>;
  });
}

/** The variables by their path in the tree, in its order: "blocks.0.attention.qkv.weight". */
export function namedWeights(weights: object): Record<string, tf.Variable> {
  return Object.fromEntries(
    Object.entries(weights as Record<string, object | undefined>).flatMap(([name, part]) => {
      if (part === undefined) return [];
      if (part instanceof tf.Variable) return [[name, part] as const];
      return Object.entries(namedWeights(part)).map(([rest, each]) => [`${name}.${rest}`, each]);
    }),
  );
}

function firstValue(
  { shape, start }: Initial<tf.Rank>,
  draw: { readonly seed: tf.Tensor1D; readonly stream: number },
): tf.Tensor {
  if (start === "ones") return tf.ones(shape);
  if (start === "zeros") return tf.zeros(shape);
  return tf.mul(randomNormal(shape, draw), start);
}

function mapTree(tree: unknown, leaf: (initial: Initial<tf.Rank>) => tf.Variable): unknown {
  if (tree === undefined || isInitial(tree)) return tree && leaf(tree);
  if (Array.isArray(tree)) return tree.map((part) => mapTree(part, leaf));
  const parts = Object.entries(tree as object);
  return Object.fromEntries(parts.map(([name, part]) => [name, mapTree(part, leaf)]));
}

function isInitial(tree: unknown): tree is Initial<tf.Rank> {
  return typeof tree === "object" && tree !== null && "start" in tree && "shape" in tree;
}
