/** A GPT with given weights. */
import type { StoredTensor } from "../../src/core/safetensors.ts";
import { Gpt, type GptConfig } from "../../src/models/gpt.ts";
import { tensorOf } from "./cases.ts";

export function gptOf(config: GptConfig, weights: Readonly<Record<string, StoredTensor>>): Gpt {
  const model = new Gpt(config, { seed: 1 });
  for (const [path, variable] of Object.entries(model.variables)) {
    variable.assign(tensorOf(weights[path]!));
  }
  return model;
}
