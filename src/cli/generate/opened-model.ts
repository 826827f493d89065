/**
 * A trained model, opened to write: its folder checked first, then the engine started, then the weights read.
 *
 * Source:  https://clig.dev/#errors, on checking what was typed before work begins
 * Chapter: notebooks/12-gpt.ipynb
 */
import { DataError } from "../../core/errors.ts";
import { openSavedTokenizer } from "../../data/text-tokenizer.ts";
import type { Gpt } from "../../models/gpt.ts";
import { CharacterTokenizer } from "../../text/characters.ts";
import type { Tokenizer } from "../../text/tokenizer.ts";
import { hasCheckpoint, loadCard, loadModel } from "../../train/checkpoint.ts";
import { startEngine } from "../terminal/engine-option.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** A model that can write, and its tokenizer. */
export interface OpenedModel {
  readonly model: Gpt;
  readonly tokenizer: Tokenizer;
}

/**
 * The tokenizer of a model's folder, without the weights.
 *
 * Throws `DataError` when the folder has no checkpoint or no tokenizer, or when they do not belong together.
 */
export async function openTokenizerOf(checkpoint: string): Promise<Tokenizer> {
  if (!(await hasCheckpoint(checkpoint))) {
    throw new DataError(
      `--checkpoint: expected a folder that glassbox train has written, got ${checkpoint}, which has no checkpoint; look at its name`,
    );
  }
  const { config } = await loadCard(checkpoint);
  const tokenizer = openSavedTokenizer(checkpoint);
  if (tokenizer.vocabulary === config.vocabulary) return tokenizer;
  throw new DataError(
    `${checkpoint}: expected a tokenizer of the model's ${config.vocabulary} tokens, got one of ${tokenizer.vocabulary}; restore the tokenizer.json that the model was trained with`,
  );
}

/** Starts the engine and reads the weights; the model is the caller's to dispose. Throws as `startEngine` and `loadModel`. */
export async function openModel(
  command: string,
  { checkpoint, engine }: { readonly checkpoint: string; readonly engine: string | undefined },
  terminal: Terminal,
): Promise<Gpt> {
  await startEngine({ command: `glassbox ${command}`, name: engine }, terminal);
  return (await loadModel(checkpoint)).model;
}

/** The ids of a text. Throws `DataError` for a character that the model has never seen. */
export function encodeFor(command: string, text: string, tokenizer: Tokenizer): number[] {
  if (tokenizer instanceof CharacterTokenizer) {
    const unknown = [...text].find((character) => !tokenizer.characters.includes(character));
    if (unknown !== undefined) {
      throw new DataError(
        `glassbox ${command}: expected characters of the text that the model was trained on, got ${JSON.stringify(unknown)}; it knows ${shown(tokenizer.characters)}`,
      );
    }
  }
  return tokenizer.encode(text);
}

/** Up to 100 characters, in one line. */
function shown(characters: readonly string[]): string {
  const some = JSON.stringify(characters.slice(0, 100).join("")).slice(1, -1);
  return characters.length > 100 ? `${some} and ${characters.length - 100} others` : some;
}
