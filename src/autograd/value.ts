/**
 * A number that remembers how it was computed, and so knows how any result of it will move when it moves.
 *
 * Each operation keeps its inputs and, for each input, the local derivative: how fast the result moves with that input
 * alone.
 *
 *     result       a + b    a − b    a · b    a / b       aⁿ         eᵃ     ln a     tanh a         max(a, 0)
 *     along a      1        1        b        1 / b       n · aⁿ⁻¹   eᵃ     1 / a    1 − tanh² a    1 if a > 0, else 0
 *     along b      1        −1       a        −a / b²
 *
 * The chain rule joins them. A number moves the end L through every result r that it goes into:
 *
 *     ∂L/∂a = Σ ∂L/∂r · ∂r/∂a      over all r that have a as an input
 *
 * Source:  Wengert (1964), https://doi.org/10.1145/355586.364791, for the list of operations; Linnainmaa (1970) for going
 *          through it backwards; https://github.com/karpathy/micrograd for how little code it takes
 * Chapter: notebooks/03-learning.ipynb
 */
import { DataError } from "../core/errors.ts";

/** Where a value comes from. */
export interface Origin {
  /** "+", "tanh" …; "" for a value that was given. */
  readonly operation: string;
  readonly inputs: readonly Value[];
  /** The local derivatives: how fast the value moves with each of its inputs. */
  readonly slopes: readonly number[];
}

const given: Origin = { operation: "", inputs: [], slopes: [] };

/** A number with its origin, and, after `backward` of a result, with the gradient of that result along it. */
export class Value implements Origin {
  /** The number. Gradient descent changes it; results that were computed before do not follow. */
  data: number;
  /** ∂L/∂this, after `L.backward()`; 0 before. */
  gradient = 0;
  /** What a picture calls it; may be "". */
  readonly name: string;
  readonly operation: string;
  readonly inputs: readonly Value[];
  readonly slopes: readonly number[];

  /** A number to compute with; its origin is written by the operations. */
  constructor(data: number, name = "", { operation, inputs, slopes }: Origin = given) {
    this.data = data;
    this.name = name;
    this.operation = operation;
    this.inputs = inputs;
    this.slopes = slopes;
  }

  /** this + other. */
  plus(other: Value | number): Value {
    const b = valueOf(other);
    return result("+", this.data + b.data, [this, b], [1, 1]);
  }

  /** this − other. */
  minus(other: Value | number): Value {
    const b = valueOf(other);
    return result("−", this.data - b.data, [this, b], [1, -1]);
  }

  /** this · other. */
  times(other: Value | number): Value {
    const b = valueOf(other);
    return result("×", this.data * b.data, [this, b], [b.data, this.data]);
  }

  /** this / other; throws `DataError` when the other is 0. */
  over(other: Value | number): Value {
    const b = valueOf(other);
    if (b.data === 0) refuse("over", "a number to divide by that is not 0", 0);
    return result("÷", this.data / b.data, [this, b], [1 / b.data, -this.data / b.data ** 2]);
  }

  /** this to the power of n; throws `DataError` where that is no number, as for the root of −1. */
  power(n: number): Value {
    const a = this.data;
    const whole = Number.isInteger(n);
    if (a < 0 && !whole) refuse("power", `a number of 0 or more for the exponent ${n}`, a);
    if (a === 0 && n < 1 && n !== 0) refuse("power", `a number above 0 for the exponent ${n}`, a);
    return result(`^ ${n}`, a ** n, [this], [n === 0 ? 0 : n * a ** (n - 1)]);
  }

  /** e to the power of this. */
  exp(): Value {
    const e = Math.exp(this.data);
    return result("exp", e, [this], [e]);
  }

  /** The natural logarithm; throws `DataError` for 0 and below. */
  log(): Value {
    if (this.data <= 0) refuse("log", "a number above 0", this.data);
    return result("ln", Math.log(this.data), [this], [1 / this.data]);
  }

  /** The curve from −1 to 1 that is steepest at 0. */
  tanh(): Value {
    const t = Math.tanh(this.data);
    return result("tanh", t, [this], [1 - t ** 2]);
  }

  /** The number if it is above 0, else 0. */
  relu(): Value {
    return result("relu", Math.max(this.data, 0), [this], [this.data > 0 ? 1 : 0]);
  }

  /** All values that this one is computed from, and itself: each after its inputs, itself last. */
  graph(): readonly Value[] {
    const order = new Set<Value>();
    const entered = new Set<Value>();
    const open: Value[] = [this]; // a list and no recursion: a graph may be deeper than the stack
    for (let value = open.at(-1); value !== undefined; value = open.at(-1)) {
      if (entered.has(value)) {
        order.add(value); // met again: its inputs are done
        open.pop();
      } else {
        entered.add(value);
        for (const input of value.inputs) if (!entered.has(input)) open.push(input);
      }
    }
    return [...order];
  }

  /** Writes the gradient of this value into every value of its graph: from the end to the beginning, by the chain rule. */
  backward(): void {
    const order = [...this.graph()].reverse();
    for (const value of order) value.gradient = 0;
    this.gradient = 1;
    for (const { gradient, inputs, slopes } of order) {
      inputs.forEach((input, i) => (input.gradient += gradient * slopes[i]!));
    }
  }
}

function valueOf(number: Value | number): Value {
  return typeof number === "number" ? new Value(number) : number;
}

function result(
  operation: string,
  data: number,
  inputs: readonly Value[],
  slopes: readonly number[],
): Value {
  return new Value(data, "", { operation, inputs, slopes });
}

function refuse(who: string, expected: string, got: number): never {
  throw new DataError(`Value.${who}: expected ${expected}, got ${got}; look at what it is made of`);
}
