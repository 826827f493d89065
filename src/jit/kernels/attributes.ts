/**
 * What a kernel is told beside its tensors, read from its untyped attributes.
 *
 * Source:  https://www.tensorflow.org/js/guide/custom_ops
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../../core/errors.ts";
import type { Attributes, ElementType } from "../graph.ts";

/** A number; throws `ConfigError` when the attribute is none, as all readers here do. */
export function numberOf(attributes: Attributes, name: string): number {
  const value = attributes[name];
  return typeof value === "number" ? value : refuse(name, { expected: "a number", value });
}

/** A list of numbers: a shape, a permutation. */
export function numbersOf(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name];
  return isNumbers(value) ? value : refuse(name, { expected: "an array of numbers", value });
}

/** One number for each of `count` axes; a number alone stands for all of them. */
export function numbersForAxes(
  attributes: Attributes,
  name: string,
  count: number,
): readonly number[] {
  const value = attributes[name];
  if (typeof value === "number") return new Array<number>(count).fill(value);
  return isNumbers(value) && value.length === count
    ? value
    : refuse(name, { expected: `a number or ${count} of them`, value });
}

/** A list of pairs: how much to add before and after each axis. */
export function pairsOf(
  attributes: Attributes,
  name: string,
): readonly (readonly [number, number])[] {
  const value = attributes[name];
  return Array.isArray(value) && value.every((pair) => isNumbers(pair) && pair.length === 2)
    ? (value as [number, number][])
    : refuse(name, { expected: "an array of pairs of numbers", value });
}

/** True or false; absent is false. */
export function flagOf(attributes: Attributes, name: string): boolean {
  const value = attributes[name] ?? false;
  return typeof value === "boolean" ? value : refuse(name, { expected: "true or false", value });
}

/** A text, such as a mode or a format. */
export function textOf(attributes: Attributes, name: string): string {
  const value = attributes[name];
  return typeof value === "string" ? value : refuse(name, { expected: "a text", value });
}

/** A type of elements. */
export function elementTypeOf(attributes: Attributes, name: string): ElementType {
  const value = attributes[name];
  return value === "float32" || value === "int32" || value === "bool"
    ? value
    : refuse(name, { expected: "float32, int32 or bool", value });
}

/** Axes of a tensor of that shape, counted from 0; absent means all of them. */
export function axesOf(
  attributes: Attributes,
  name: string,
  shape: readonly number[],
): readonly number[] {
  const value = attributes[name];
  return value === undefined || value === null || typeof value === "number" || isNumbers(value)
    ? tf.util.parseAxisParam(value as number[], [...shape])
    : refuse(name, { expected: "an axis or an array of axes", value });
}

/** One axis of a tensor of that shape, counted from 0. */
export function axisOf(attributes: Attributes, name: string, shape: readonly number[]): number {
  return tf.util.parseAxisParam(numberOf(attributes, name), [...shape])[0] as number;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === "number");
}

function refuse(
  name: string,
  { expected, value }: { readonly expected: string; readonly value: unknown },
): never {
  throw new ConfigError(
    `compile: expected ${expected} as the attribute "${name}" of a kernel, got ${JSON.stringify(value)}; call the operation of TensorFlow.js that runs the kernel, which sets it`,
  );
}
