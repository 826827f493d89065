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

defineLowering(ADAM_W, ({ graph, input, attributes }) => {
  const T = [typeAttribute("T", "float32")];
  const run = (name: string, ...refs: readonly string[]): string => graph.operation(name, T, refs);
  const of = (name: string): string => (input(name) as Operand).ref;
  const average = (old: string, next: string, beta: number): string =>
    run("AddV2", run("Mul", old, graph.scalar(beta)), run("Mul", next, graph.scalar(1 - beta)));
  const mean = average(of("m"), of("g"), numberOf(attributes, "beta1"));
  const square = average(of("v"), run("Square", of("g")), numberOf(attributes, "beta2"));
  const change = run("RealDiv", mean, run("AddV2", run("Sqrt", square), of("epsilon")));
  const kept = input("keep") ? run("Mul", of("w"), of("keep")) : of("w");
  return [run("Sub", kept, run("Mul", change, of("size"))), mean, square];
});
