import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { compile } from "../../src/jit/compile.ts";
import type { GptConfig } from "../../src/models/gpt.ts";
import { engines, expectAsInTorch, readCases, tensorOf } from "./cases.ts";
import { gptOf } from "./gpt-of.ts";

const cases = await readCases<{ readonly config: GptConfig }>("gpt.safetensors");

describe.each(engines)("on %s as in PyTorch: logits, loss and every gradient of", (engine) => {
  beforeAll(() => useEngine(engine));

  it.each(Object.keys(cases))("%s", async (name) => {
    const { settings, in: given, out, grad } = cases[name]!;
    const model = gptOf(settings.config, given);
    const all = Object.entries(model.variables);
    const both = (ids: tf.Tensor2D, targets: tf.Tensor2D): tf.NamedTensorMap[] => {
      const variables = all.map(([, variable]) => variable);
      const { value, grads } = tf.variableGrads(() => model.loss(ids, targets), variables);
      const byPath = all.map(([path, variable]) => [path, grads[variable.name]!] as const);
      return [{ loss: value, logits: model.forward(ids) }, Object.fromEntries(byPath)];
    };
    const [ids, targets] = [tensorOf(given.ids!), tensorOf(given.targets!)] as tf.Tensor2D[];
    const compiled = compile(both);
    await compiled.ready(ids!, targets!);
    for (const way of [both, compiled]) {
      const [outputs, gradients] = way(ids!, targets!) as [tf.NamedTensorMap, tf.NamedTensorMap];
      expectAsInTorch(outputs, out);
      expectAsInTorch(gradients, grad);
    }
    expect(compiled.stats().fallback === null).toBe(engine === "tensorflow");
    compiled.dispose();
    model.dispose();
  });
});
