/**
 * Writing: the model reads a text, a token is drawn from what it expects next, and the text is one token longer.
 *
 *     1. read the prompts at once           4. a stop sequence, or the limit? the row ends
 *     2. draw a token for each row          5. a full window? keep its last half and read it anew
 *     3. tell it, unless it may be          6. else read the one new token; go on at 2
 *        the start of a stop sequence
 *
 * It knows ids, no text. A model sees at most its context: when a row's window is full, the window slides, which is an
 * event; from then on the model knows nothing of what was dropped. Each row draws from a stream of its own, so what it
 * says does not depend on the rows beside it.
 *
 * Axes:    B rows, V vocabulary
 * Source:  Radford et al. (2019), "Language Models are Unsupervised Multitask Learners", section 2
 * Chapter: notebooks/12-gpt.ipynb
 */
import { ConfigError, DataError } from "../core/errors.ts";
import { breathe } from "../core/interrupt.ts";
import type { Gpt } from "../models/gpt.ts";
import type { GenerateEvent } from "./events.ts";
import { Reader } from "./reader.ts";
import { Row } from "./row.ts";
import { expectSampling, type SamplingOptions } from "./sampling.ts";
import { GptSteps } from "./steps.ts";
import { Stops } from "./stops.ts";

/** How long, how and from which random numbers to write. */
export interface GenerateOptions extends SamplingOptions {
  /** The most tokens that a row gets. */
  readonly tokens: number;
  /** Row r draws words r · 2³² and on of `Random(seed)`. */
  readonly seed: number;
  /** A row ends before any of these sequences of ids. Default: none. */
  readonly stop?: readonly (readonly number[])[];
  /** Ends all rows where they are. */
  readonly signal?: AbortSignal | undefined;
  /** Is the work of earlier positions kept? Default: true; false is slower and writes the same. */
  readonly cached?: boolean;
  /** The compiled steps of this model, to be used again. Default: made for this call, and freed after it. */
  readonly steps?: GptSteps;
}

/**
 * Writes on from each prompt (at least one id each): events token by token, and an end for each row.
 *
 * A prompt that is longer than the context is read from its last context ids on. Whoever stops listening early frees
 * everything. Throws `ConfigError` for options out of range, `DataError` for no prompt, an empty one, or ids that the
 * model has not, and for logits that are no numbers.
 */
export function generate(
  model: Gpt,
  prompts: readonly (readonly number[])[],
  options: GenerateOptions,
): AsyncGenerator<GenerateEvent, void> {
  const { tokens, seed, stop = [], steps } = options;
  expectSampling(options);
  expectPrompts(prompts, model.config.vocabulary);
  if (!Number.isSafeInteger(tokens) || tokens < 1) {
    throw new ConfigError(
      `generate tokens: expected a whole number from 1, got ${tokens}; it is the most that a row gets`,
    );
  }
  if (steps && steps.model !== model) {
    throw new ConfigError("generate steps: expected those of this model, got another model's");
  }
  const { context } = model.config;
  const rows = prompts.map(
    (prompt, row) => new Row(prompt, { row, context, tokens, seed, stops: new Stops(stop) }),
  );
  return write(model, rows, options);
}

async function* write(
  model: Gpt,
  rows: readonly Row[],
  { signal, cached = true, steps, ...options }: GenerateOptions,
): AsyncGenerator<GenerateEvent, void> {
  const own = steps ?? new GptSteps(model);
  const reader = new Reader(own, { cached });
  const V = model.config.vocabulary;
  const windows = rows.map(({ window }) => window);
  try {
    let isNew = true;
    for (;;) {
      const events: GenerateEvent[] = [];
      if (signal?.aborted) for (const row of rows) events.push(...row.abort());
      else {
        const logits = await (isNew ? reader.readAll(windows) : reader.readLast(windows));
        rows.forEach((row, b) => {
          events.push(...row.grow(logits.subarray(b * V, (b + 1) * V), options));
        });
      }
      yield* events;
      if (rows.every(({ isOver }) => isOver)) return;
      isNew = events.some(({ type }) => type === "slide");
      await breathe();
    }
  } finally {
    reader.dispose();
    if (!steps) own.dispose();
  }
}

function expectPrompts(prompts: readonly (readonly number[])[], V: number): void {
  if (prompts.length === 0) throw new DataError("generate: expected at least one prompt, got none");
  prompts.forEach((prompt, row) => {
    if (prompt.length === 0) {
      throw new DataError(
        `generate prompt ${row}: expected at least one id, got none; a line break does where there is nothing to say`,
      );
    }
    const wrong = prompt.find((id) => !Number.isInteger(id) || id < 0 || id >= V);
    if (wrong === undefined) return;
    throw new DataError(
      `generate prompt ${row}: expected ids from 0 to ${V - 1}, got ${wrong}; encode it with the tokenizer that the model was trained with`,
    );
  });
}
