/**
 * Arguments and results of a step: tensors, alone or in arrays and objects, taken apart and put together again.
 *
 * Source:  https://docs.jax.dev/en/latest/pytrees.html
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../core/errors.ts";

/** A value taken apart. */
export interface Flat {
  /** Its tensors, from left to right; a number is a tensor without axes, a variable among the arguments is itself. */
  readonly tensors: readonly tf.Tensor[];
  /** Those that were made from numbers: whoever takes them disposes them. */
  readonly made: readonly tf.Tensor[];
  /** The same text for values of the same structure, shapes and types. */
  readonly key: string;
  /** The value with other tensors in the places of its own. */
  readonly rebuild: (tensors: readonly tf.Tensor[]) => unknown;
}

/**
 * Takes the arguments of a call apart; numbers become tensors of float32 without axes.
 *
 * Throws `ConfigError` for what is neither a tensor, a number, a switch, nor an array or plain object of them.
 */
export function flattenArguments(args: readonly unknown[]): Flat {
  return flatten(args, { place: "argument", numbers: true });
}

/**
 * Takes the result of a step apart.
 *
 * Throws `ConfigError` for what is neither a tensor, nothing, nor an array or plain object of them.
 */
export function flattenResult(result: unknown): Flat {
  return flatten(result, { place: "result", numbers: false });
}

type Rebuild = (take: () => tf.Tensor) => unknown;

function flatten(value: unknown, { place, numbers }: { place: string; numbers: boolean }): Flat {
  const tensors: tf.Tensor[] = [];
  const made: tf.Tensor[] = [];
  const keys: string[] = [];

  const tensor = (found: tf.Tensor, where: string): Rebuild => {
    if (found.isDisposed) throw refusal(where, "a disposed tensor");
    tensors.push(found);
    keys.push(`${found.dtype}[${found.shape.join()}]`);
    return (take) => take();
  };

  // What a step reads and assigns by name is the same variable when it is handed in.
  const variable = (found: tf.Variable, where: string): Rebuild => {
    if (found.isDisposed) throw refusal(where, "a disposed tensor");
    keys.push(`variable ${found.id}`);
    return () => found;
  };

  const visit = (part: unknown, where: string): Rebuild => {
    if (part instanceof tf.Variable && numbers) return variable(part as tf.Variable, where);
    if (part instanceof tf.Tensor) return tensor(part as tf.Tensor, where);
    if (typeof part === "number" && numbers) {
      const scalar = tf.scalar(part, "float32");
      made.push(scalar);
      return tensor(scalar, where);
    }
    if (part === undefined || part === null || (numbers && isSwitch(part))) {
      keys.push(JSON.stringify(part) ?? "undefined");
      return () => part;
    }
    if (Array.isArray(part)) {
      keys.push("[");
      const parts = part.map((each, index) => visit(each, `${where}[${index}]`));
      keys.push("]");
      return (take) => parts.map((rebuild) => rebuild(take));
    }
    if (isPlainObject(part)) {
      keys.push("{");
      const parts = Object.entries(part).map(([name, each]) => {
        keys.push(JSON.stringify(name));
        return [name, visit(each, `${where}.${name}`)] as const;
      });
      keys.push("}");
      return (take) => Object.fromEntries(parts.map(([name, rebuild]) => [name, rebuild(take)]));
    }
    throw refusal(where, kindOf(part));
  };

  try {
    const rebuild = visit(value, place);
    return {
      tensors,
      made,
      key: keys.join(" "),
      rebuild: (others) => {
        const rest = others[Symbol.iterator]();
        return rebuild(() => rest.next().value as tf.Tensor);
      },
    };
  } catch (error) {
    tf.dispose(made);
    throw error;
  }
}

function isSwitch(part: unknown): boolean {
  return typeof part === "boolean" || typeof part === "string";
}

function isPlainObject(part: unknown): part is Record<string, unknown> {
  if (typeof part !== "object" || part === null) return false;
  const prototype: unknown = Object.getPrototypeOf(part);
  return prototype === Object.prototype || prototype === null;
}

function kindOf(part: unknown): string {
  if (typeof part !== "object" || part === null) return `a ${typeof part}`;
  if (typeof (part as { then?: unknown }).then === "function") return "a promise";
  return `an object of ${part.constructor?.name ?? "no class"}`;
}

function refusal(where: string, got: string): ConfigError {
  const help =
    got === "a promise"
      ? "a step is a plain function, not async: await outside of it"
      : got === "a disposed tensor"
        ? "hand in one that lives"
        : "make a tensor of it outside of the step";
  return new ConfigError(
    `compile: expected tensors, or arrays and plain objects of tensors, got ${got} as ${where}; ${help}`,
  );
}
