/**
 * Compares what a reader wrote with a reference, and says where they part.
 *
 *   ✓ softmax                    right
 *   ○ softmax: not yet           nothing written so far; the notebook still runs to its end
 *   CheckFailed: softmax …       the first place that differs, and the largest difference
 *
 * Source:  "match this output", https://github.com/karpathy/minbpe/blob/master/exercise.md
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { Interrupted } from "../core/interrupt.ts";
import { compare, TOLERANCE } from "./compare.ts";
import { called, differenceText, short } from "./check-words.ts";

/** What a reader wrote gives something else than the reference. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
}

/** Thrown by a function that nobody has written so far. */
export class NotYet extends Error {
  override readonly name = "NotYet";
}

/** A reader's function beside a reference, on some arguments. */
export interface FunctionCheck<A extends readonly unknown[], R> {
  readonly mine: (...args: A) => R | undefined;
  readonly reference: (...args: A) => R;
  /** The arguments of each call. */
  readonly cases: readonly A[];
  /** How far numbers may be apart, absolute and relative. Default: 1e-6. */
  readonly tolerance?: number;
  /** What may be wrong, when something is: a sentence for the first difference. */
  readonly hint?: (got: R, expected: R) => string | undefined;
}

/** A reader's value beside the right one. */
export interface ValueCheck<R> {
  readonly got: R | undefined;
  readonly expected: R;
  /** How far numbers may be apart, absolute and relative. Default: 1e-6. */
  readonly tolerance?: number;
  /** What may be wrong, when something is: a sentence for the difference. */
  readonly hint?: (got: R, expected: R) => string | undefined;
}

/** The body of an exercise that is still to be written: `return notYet();`. */
export function notYet(): never {
  throw new NotYet("not yet: write this function, then run the cell again");
}

/** Prints "✓ name", or "not yet" for an untouched stub; throws a `CheckFailed` that says where the result differs. */
export function check<A extends readonly unknown[], R>(
  name: string,
  what: FunctionCheck<A, R>,
): void;
export function check<R>(name: string, what: ValueCheck<R>): void;
export function check<A extends readonly unknown[], R>(
  name: string,
  what: FunctionCheck<A, R> | ValueCheck<R>,
): void {
  const right =
    "mine" in what ? checkCalls(name, what) : checkValue(name, "", what.got, what.expected, what);
  process.stdout.write(right ? `✓ ${name}\n` : `○ ${name}: not yet\n`);
}

/** True when all calls agree, false for a stub. */
function checkCalls<A extends readonly unknown[], R>(
  name: string,
  what: FunctionCheck<A, R>,
): boolean {
  if (what.cases.length === 0)
    throw new ConfigError(
      `check "${name}": expected at least one case, got none; nothing would be compared`,
    );
  return what.cases.every((args) => {
    // Each call gets its own arguments, in case one writes into them.
    const expected = what.reference(...copy(args));
    const call = called(what.mine.name, args);
    let got: R | undefined;
    try {
      got = what.mine(...copy(args));
    } catch (error) {
      if (error instanceof NotYet) return false;
      if (error instanceof Interrupted) throw error;
      const told = `${name}: ${call} expected ${short(expected)}, got an error: ${String(error)}`;
      throw atTheReader(new CheckFailed(told, { cause: error }));
    }
    return checkValue(name, call, got, expected, what);
  });
}

function checkValue<R>(
  name: string,
  call: string,
  got: R | undefined,
  expected: R,
  {
    tolerance = TOLERANCE,
    hint,
  }: { readonly tolerance?: number; readonly hint?: (got: R, expected: R) => string | undefined },
): boolean {
  if (got === undefined && expected !== undefined) return false;
  if (got instanceof Promise)
    throw new ConfigError(
      `check "${name}": expected a value, got a promise; await it and check what comes out`,
    );
  const found = compare(got, expected, tolerance);
  if (found.first === undefined) return true;
  const about = hint?.(got as R, expected);
  const told = [`${name}: ${differenceText(call, found)}`, ...(about === undefined ? [] : [about])];
  throw atTheReader(new CheckFailed(told.join("\n")));
}

/** The error with a stack that begins where `check` was called: what is above is not the reader's. */
function atTheReader(error: CheckFailed): CheckFailed {
  Error.captureStackTrace(error, check);
  return error;
}

/** Arrays and plain records anew, so that a function that sorts its argument changes only its own. */
function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return structuredClone(value);
  if (
    typeof value !== "object" ||
    value === null ||
    Object.getPrototypeOf(value) !== Object.prototype
  )
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, copy(part as unknown)]),
  ) as T;
}
