/**
 * What the model writes now: the same start and the same draws each time, so that only learning makes a difference.
 *
 * Source:  https://github.com/karpathy/nanoGPT, sample.py, for temperature 0.8
 * Chapter: notebooks/13-pre-training.ipynb
 */
import type { TextTokenizer } from "../../data/text-tokenizer.ts";
import { generate } from "../../generate/generate.ts";
import { GptSteps } from "../../generate/steps.ts";
import type { Gpt } from "../../models/gpt.ts";
import { StreamingDecoder } from "../../text/streaming-decoder.ts";

export interface SamplerOptions {
  readonly tokenizer: TextTokenizer;
  readonly seed: number;
  /** What the text begins with; a sample is what comes after it. */
  readonly start: readonly number[];
  /** Ends a sample where it is. */
  readonly signal?: AbortSignal;
}

/** Tokens of a sample: some lines. */
const TOKENS = 200;
const TEMPERATURE = 0.8;

/** Writes samples of one model while it trains; its compiled steps are made at the first. */
export class Sampler {
  readonly #options: SamplerOptions;
  readonly #steps: GptSteps;

  constructor(model: Gpt, options: SamplerOptions) {
    this.#options = options;
    this.#steps = new GptSteps(model);
  }

  /** A text by the weights as they are now. Throws `Interrupted` after Stop. */
  async write(): Promise<string> {
    const { tokenizer, seed, start, signal } = this.#options;
    const steps = this.#steps;
    const options = { tokens: TOKENS, temperature: TEMPERATURE, seed, signal, steps };
    const decoder = new StreamingDecoder(tokenizer);
    let text = "";
    for await (const event of generate(steps.model, [start], options)) {
      if (event.type === "token") text += decoder.add(event.id);
    }
    return text + decoder.end();
  }

  /** Frees the compiled steps, not the model. */
  dispose(): void {
    this.#steps.dispose();
  }
}

/** A line break where the tokenizer has one, else the first token of a text. */
export function startOf(tokenizer: TextTokenizer, ids: Int32Array): number[] {
  try {
    return tokenizer.encode("\n");
  } catch {
    return [ids[0]!]; // characters of a text without line breaks
  }
}
