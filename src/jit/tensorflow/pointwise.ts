/**
 * Elementwise kernels in operations of TensorFlow; most have one of the same meaning.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops
 * Chapter: notebooks/00-start.ipynb
 */
import { typeAttribute } from "./attribute.ts";
import type { Call, Lowering, Operand } from "./lowering-table.ts";

/** An operation of the inputs' type whose one attribute is that type, T. */
function plain(operation: string): Lowering {
  return ({ graph, inputs }: Call) => {
    const { dtype } = (inputs[0] as Operand).type;
    return [
      graph.operation(
        operation,
        [typeAttribute("T", dtype)],
        inputs.map(({ ref }) => ref),
      ),
    ];
  };
}

export const pointwise: Readonly<Record<string, Lowering>> = {
  Abs: plain("Abs"),
  Add: plain("AddV2"),
  Multiply: plain("Mul"),
  Sub: plain("Sub"),
};
