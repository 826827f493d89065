/**
 * GPT-2 as its makers trained it: the weights of a file from Hugging Face, by name, in our GPT.
 *
 *     transformer.h.0.attn.c_attn.weight  ->  blocks.0.attention.qkv.weight
 *
 * Their matrices are (inputs, outputs) like ours, so nothing is turned around.
 *
 * Axes:    C channels, V vocabulary, L layers
 * Source:  Radford et al. (2019), section 2.3; https://github.com/huggingface/transformers,
 *          src/transformers/models/gpt2, for the names
 * Chapter: notebooks/12-gpt.ipynb
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";

import { DataError } from "../core/errors.ts";
import { readSafetensors, type StoredTensor } from "../core/safetensors.ts";
import { Gpt, type GptConfig } from "./gpt.ts";
import { gpt2Config } from "./gpt2-config.ts";

/** Our names of the parts of a layer. */
const parts: Readonly<Record<string, string>> = {
  ln_1: "norm1",
  "attn.c_attn": "attention.qkv",
  "attn.c_proj": "attention.out",
  ln_2: "norm2",
  "mlp.c_fc": "feedForward.up",
  "mlp.c_proj": "feedForward.down",
};

/** Masks that old files hold; a mask is no weight. */
const MASK = /^h\.\d+\.attn\.(masked_)?bias$/;

/** The head, which is the embedding. */
const HEAD = "lm_head.weight";

/**
 * The GPT-2 in a folder that has `config.json` and `model.safetensors`, as transformers saves it and as it lies at
 * https://huggingface.co/openai-community/gpt2 (also gpt2-medium, gpt2-large and gpt2-xl, each with its files in one
 * folder). `downloadGpt2` fetches the smallest.
 *
 * Throws `DataError` for a file that is missing or damaged, a config that our GPT cannot be, and a tensor that is
 * missing, too many, or of another shape or type.
 */
export async function loadGpt2(folder: string): Promise<Gpt> {
  const path = join(folder, "config.json");
  const config = gpt2Config(await readJson(path), { who: path });
  return gptOfGpt2(await readSafetensors(join(folder, "model.safetensors")), {
    config,
    who: join(folder, "model.safetensors"),
  });
}

/** What the weights are for, and who reads them, for messages. */
export interface Gpt2Options {
  readonly config: GptConfig;
  readonly who: string;
}

/** A GPT with the weights of a file in memory, by their names there. Throws `DataError` as `loadGpt2` does. */
export function gptOfGpt2(
  { tensors }: { readonly tensors: ReadonlyMap<string, StoredTensor> },
  { config, who }: Gpt2Options,
): Gpt {
  const found = weightsByPath(tensors, who);
  const model = new Gpt(config, { seed: 0 });
  try {
    const all = Object.entries(model.variables);
    for (const [path, { shape }] of all) expectTensor(found.get(path), { path, shape, who });
    const extra = [...found.keys()].find((path) => !(path in model.variables));
    if (extra !== undefined) {
      throw new DataError(
        `${who}: expected the weights of ${config.layers} layers with learned positions, got "${found.get(extra)!.name}" as well; is config.json of the same model?`,
      );
    }
    tf.tidy(() => {
      for (const [path, variable] of all) {
        const { tensor } = found.get(path)!;
        variable.assign(tf.tensor(tensor.data as Float32Array, variable.shape));
      }
    });
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

interface Found {
  /** As the file calls it. */
  readonly name: string;
  readonly tensor: StoredTensor;
}

/** The tensors by our paths; what is no weight of its own is left out. */
function weightsByPath(
  tensors: ReadonlyMap<string, StoredTensor>,
  who: string,
): ReadonlyMap<string, Found> {
  // A model with a head has its body under this name; a body alone has not.
  const prefix = tensors.has("transformer.wte.weight") ? "transformer." : "";
  const found = new Map<string, Found>();
  for (const [name, tensor] of tensors) {
    const inner = name.startsWith(prefix) ? name.slice(prefix.length) : name;
    if (MASK.test(inner)) continue;
    if (name === HEAD) expectTied(tensor, { embedding: tensors.get(`${prefix}wte.weight`), who });
    else found.set(ourPath(inner), { name, tensor });
  }
  return found;
}

/** "h.0.ln_1.weight" -> "blocks.0.norm1.gain"; a name that GPT-2 has not stays. */
function ourPath(name: string): string {
  if (name === "wte.weight") return "tokens";
  if (name === "wpe.weight") return "positions";
  const [, layer, part = "", kind] = /^(?:h\.(\d+)\.)?(.+)\.(weight|bias)$/.exec(name) ?? [];
  const ours = layer === undefined ? part === "ln_f" && "norm" : parts[part];
  if (!ours) return name;
  const last = ours.includes("norm") && kind === "weight" ? "gain" : kind;
  return `${layer === undefined ? "" : `blocks.${layer}.`}${ours}.${last}`;
}

function expectTensor(
  found: Found | undefined,
  {
    path,
    shape,
    who,
  }: { readonly path: string; readonly shape: readonly number[]; readonly who: string },
): void {
  const expected = `(${shape.join(", ")})`;
  if (!found) {
    throw new DataError(
      `${who}: expected a tensor ${expected} for ${path}, got none; is the file whole, and of a GPT-2?`,
    );
  }
  const { name, tensor } = found;
  if (tensor.data instanceof Float32Array && tf.util.arraysEqual([...tensor.shape], [...shape]))
    return;
  throw new DataError(
    `${who} "${name}": expected F32, F16 or BF16 of shape ${expected}, got ${tensor.dtype} of (${tensor.shape.join(", ")}); is config.json of the same model?`,
  );
}

/** Our head has no weights of its own: a file may repeat the embedding, but not have another head. */
function expectTied(
  { data }: StoredTensor,
  { embedding, who }: { readonly embedding: StoredTensor | undefined; readonly who: string },
): void {
  const isSame =
    embedding?.data.length === data.length &&
    data.every((value: number | bigint, i: number) => value === embedding.data[i]);
  if (isSame) return;
  throw new DataError(
    `${who} "${HEAD}": expected the same numbers as wte.weight, got others; a head of its own is not GPT-2's`,
  );
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(
      `${path}: expected the config of a GPT-2, got "${reason}"; name a folder with config.json and model.safetensors`,
      { cause },
    );
  }
}
