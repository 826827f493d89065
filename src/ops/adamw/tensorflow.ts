/**
 * AdamW in operations of TensorFlow: twelve, and one more where weights decay.
 *
 * TensorFlow's ApplyAdam is one operation, but on variables of its own; to copy into them costs what it saves.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops
 * Chapter: notebooks/00-start.ipynb
 */
import { numberOf } from "../../jit/kernels/attributes.ts";
import { typeAttribute } from "../../jit/tensorflow/attr-value.ts";
import { defineLowering, type Operand } from "../../jit/tensorflow/kernel-lowering.ts";
import { ADAM_W } from "./kernel.ts";

defineLowering(ADAM_W, ({ graph, inputs, input, attributes }) => {
  const T = [typeAttribute("T", "float32")];
  const run = (name: string, ...refs: readonly string[]): string => graph.operation(name, T, refs);
  const [w, m, v, g, size, epsilon] = inputs.map(({ ref }) => ref) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const keep: Operand | undefined = input("keep");
  const toward = (old: string, next: string, share: number): string =>
    run("AddV2", old, run("Mul", run("Sub", next, old), graph.scalar(share)));
  const mean = toward(m, g, 1 - numberOf(attributes, "beta1"));
  const square = toward(v, run("Square", g), 1 - numberOf(attributes, "beta2"));
  const change = run("RealDiv", mean, run("AddV2", run("Sqrt", square), epsilon));
  const kept = keep ? run("Mul", w, keep.ref) : w;
  return [run("Sub", kept, run("Mul", change, size)), mean, square];
});
