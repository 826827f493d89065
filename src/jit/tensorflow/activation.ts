/**
 * What the fused kernels do after their product: add a bias, apply an activation.
 *
 * Source:  https://js.tensorflow.org/api/latest/#fused.matMul
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../../core/errors.ts";
import type { Ref } from "./graph-def.ts";
import type { Call } from "./kernel-lowering.ts";
import { operand, typed } from "./operands.ts";
import { prelu, slope } from "./pointwise.ts";
import { typeAttribute } from "./attr-value.ts";

/** Activations that are one operation without attributes. */
const operations: Readonly<Record<string, string>> = {
  elu: "Elu",
  relu: "Relu",
  relu6: "Relu6",
  sigmoid: "Sigmoid",
};

/** activation(product + bias); throws `ConfigError` for an activation that the eager kernels do not have either. */
export function fusedEnd(call: Call, product: Ref): Ref {
  const { graph, attributes, input } = call;
  const float = (operation: string, ...inputs: readonly Ref[]): Ref =>
    typed(graph, operation, { dtype: "float32", inputs });
  const bias = input("bias");
  const sum = bias ? float("AddV2", product, bias.ref) : product;
  const activation = attributes.activation ?? "linear";
  if (activation === "linear") return sum;
  if (activation === "prelu") return prelu(call, sum, operand(call, "preluActivationWeights").ref);
  if (activation === "leakyrelu") {
    const alpha = slope(attributes, "leakyreluAlpha");
    return graph.operation("LeakyRelu", [typeAttribute("T", "float32"), alpha], [sum]);
  }
  const operation = operations[activation as string];
  if (operation !== undefined) return float(operation, sum);
  throw new ConfigError(
    `compile: expected a fused activation of linear, prelu, leakyrelu, ${Object.keys(operations).join(", ")}, got ${JSON.stringify(activation)}; apply it as an operation of its own`,
  );
}
