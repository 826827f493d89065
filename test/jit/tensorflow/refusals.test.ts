import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../../src/backend/engine.ts";
import { ConfigError } from "../../../src/core/errors.ts";
import "../../../src/jit/kernels/table.ts";
import { writeGraph } from "../../../src/jit/tensorflow/lowering.ts";
import { trace } from "../../../src/jit/trace.ts";

beforeAll(() => useEngine("tensorflow"));

const picture = { shape: [1, 4, 4, 1], dtype: "float32" } as const;

describe("the lowering to TensorFlow", () => {
  it("refuses a pooling with borders in numbers, as the eager kernel does", () => {
    const graph = trace(([x]) => [tf.maxPool(x as tf.Tensor4D, 2, 2, 1, "floor")], [picture]);
    expect(() => writeGraph(graph)).toThrow(
      new ConfigError(
        'compile: expected the padding "same" or "valid", which are all that TensorFlow knows for this kernel, got numbers; pad with tf.pad before',
      ),
    );
  });

  it("refuses a fused activation that the eager kernels do not have", () => {
    const matrix = { shape: [2, 2], dtype: "float32" } as const;
    const attributes = { transposeA: false, transposeB: false, activation: "gelu" };
    const graph = trace(
      ([a]) => [
        tf.engine().runKernel("_FusedMatMul", { a, b: a } as tf.NamedTensorMap, attributes),
      ],
      [matrix],
    );
    expect(() => writeGraph(graph)).toThrow(
      new ConfigError(
        'compile: expected a fused activation of linear, prelu, leakyrelu, elu, relu, relu6, sigmoid, got "gelu"; apply it as an operation of its own',
      ),
    );
  });
});
