/**
 * A neural network of single numbers: layers of neurons, each a weighted sum bent by a curve.
 *
 *     neuron:   activation(w₁·x₁ + w₂·x₂ + … + b)
 *     layer:    neurons that all read the same x
 *     network:  each layer reads what the one before it gives; the last one is not bent
 *
 * Source:  Rosenblatt (1958) for the neuron; Rumelhart, Hinton and Williams (1986), https://doi.org/10.1038/323533a0, for
 *          learning in layers
 * Chapter: notebooks/03-learning.ipynb
 */
import { ConfigError, ShapeError } from "../core/errors.ts";
import { Random } from "../core/random.ts";
import { Value } from "./value.ts";

/** A neuron's numbers. */
interface Neuron {
  /** One for each input. */
  readonly weights: readonly Value[];
  readonly bias: Value;
}

export interface NetworkOptions {
  /** Draws the first weights. */
  readonly seed: number;
  /** What bends the sums. Default: tanh. */
  readonly activation?: (sum: Value) => Value;
}

/** A network of given sizes: `[1, 8, 1]` has one input, eight neurons in the middle and one result. */
export class Network {
  /** All weights and biases: what learning changes. */
  readonly parameters: readonly Value[];
  readonly #layers: readonly (readonly Neuron[])[];
  readonly #activation: (sum: Value) => Value;

  /** Biases start at 0, weights between ±√(3 / inputs): a sum is then about as large as its inputs. Throws `ConfigError` for sizes that make no network. */
  constructor(
    sizes: readonly number[],
    { seed, activation = (sum: Value): Value => sum.tanh() }: NetworkOptions,
  ) {
    if (sizes.length < 2 || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
      throw new ConfigError(
        `Network: expected two or more sizes, each a whole number from 1, got [${sizes.join(", ")}]; [1, 8, 1] is one input, eight neurons, one result`,
      );
    }
    const random = new Random(seed);
    this.#activation = activation;
    this.#layers = sizes
      .slice(1)
      .map((size, layer) => Array.from({ length: size }, () => neuron(sizes[layer]!, random)));
    this.parameters = this.#layers.flat().flatMap(({ weights, bias }) => [...weights, bias]);
  }

  /** What the last layer says of `inputs`; throws `ShapeError` when they are not as many as the first size. */
  forward(inputs: readonly (Value | number)[]): readonly Value[] {
    let x = inputs.map((input) => (typeof input === "number" ? new Value(input) : input));
    const expected = this.#layers[0]![0]!.weights.length;
    if (x.length !== expected) {
      throw new ShapeError(
        `Network.forward: expected ${expected} inputs, got ${x.length}; the network was made for as many`,
      );
    }
    this.#layers.forEach((layer, depth) => {
      const sums = layer.map((one) => weightedSum(one, x));
      x = depth < this.#layers.length - 1 ? sums.map(this.#activation) : sums;
    });
    return x;
  }

  /** One step of gradient descent: each parameter goes `rate` times its gradient downhill. */
  descend(rate: number): void {
    for (const parameter of this.parameters) parameter.data -= rate * parameter.gradient;
  }
}

function neuron(inputs: number, random: Random): Neuron {
  const reach = Math.sqrt(3 / inputs); // deviation 1 / √inputs
  const weight = (): Value => new Value((2 * random.uniform() - 1) * reach);
  return { weights: Array.from({ length: inputs }, weight), bias: new Value(0) };
}

function weightedSum({ weights, bias }: Neuron, x: readonly Value[]): Value {
  return weights.reduce((sum, weight, i) => sum.plus(weight.times(x[i]!)), bias);
}
