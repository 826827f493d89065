/**
 * GPT-2's config.json, in the words of our GPT.
 *
 *     n_embd channels · n_layer layers · n_head heads · n_positions context · vocab_size vocabulary
 *
 * Source:  https://huggingface.co/docs/transformers/model_doc/gpt2, GPT2Config, for fields and their defaults
 * Chapter: notebooks/12-gpt.ipynb
 */
import { DataError } from "../core/errors.ts";
import type { GptConfig } from "./gpt.ts";

/** GELU by its names there; gelu_new is the one with tanh. */
const activations: Readonly<Record<string, GptConfig["activation"]>> = {
  gelu: "gelu",
  gelu_new: "gelu-tanh",
  gelu_pytorch_tanh: "gelu-tanh",
};

/** Variants that our GPT is not: fields with the only value that it has. */
const fixed: Readonly<Record<string, unknown>> = {
  model_type: "gpt2",
  layer_norm_epsilon: 1e-5,
  scale_attn_weights: true,
  scale_attn_by_inverse_layer_idx: false,
  add_cross_attention: false,
  tie_word_embeddings: true,
};

/** What a config.json says of its model. Throws `DataError` for a field that is missing or says what our GPT is not. */
export function gpt2Config(json: unknown, { who }: { readonly who: string }): GptConfig {
  const fields = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  const refuse = (name: string, expected: string): never => {
    const got = JSON.stringify(fields[name]) ?? "nothing";
    throw new DataError(
      `${who} ${name}: expected ${expected}, got ${got}; this loads GPT-2 and what is built like it`,
    );
  };
  for (const [name, value] of Object.entries(fixed)) {
    if ((fields[name] ?? value) !== value) refuse(name, JSON.stringify(value));
  }
  const size = (name: string): number => {
    const value = fields[name];
    return Number.isSafeInteger(value) && Number(value) > 0
      ? Number(value)
      : refuse(name, "a whole number of 1 or more");
  };
  const channels = size("n_embd");
  if ((fields.n_inner ?? 4 * channels) !== 4 * channels) refuse("n_inner", `${4 * channels}`);
  const { activation_function: name = "gelu_new" } = fields;
  const activation = typeof name === "string" ? activations[name] : undefined;
  return {
    vocabulary: size("vocab_size"),
    context: size("n_positions"),
    layers: size("n_layer"),
    heads: size("n_head"),
    channels,
    positions: "learned",
    norm: "before",
    activation: activation ?? refuse("activation_function", Object.keys(activations).join(" or ")),
    bias: true,
    dropout: Number(fields.resid_pdrop ?? 0.1),
    deviation: Number(fields.initializer_range ?? 0.02),
  };
}
