/**
 * Text as it comes: ids one by one, and of each the characters that are whole by then.
 *
 *     你 = three bytes = perhaps three tokens  ->  "", "", "你"
 *
 * A token of byte pairs may end inside of a character. Its bytes wait for the others, so that no half of a character is
 * ever shown; all pieces together are the text that decoding all ids at once gives.
 *
 * Source:  https://encoding.spec.whatwg.org/#utf-8-decoder
 * Chapter: notebooks/12-gpt.ipynb
 */
import { BytePairTokenizer } from "./byte-pair-tokenizer.ts";
import { ByteTokenizer } from "./bytes.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Decodes one text, id by id. */
export class StreamingDecoder {
  readonly #tokenizer: Tokenizer;
  readonly #utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  /** The characters that are whole with this token, perhaps none. Throws `DataError` for an id without a token. */
  add(id: number): string {
    const bytes = bytesOf(this.#tokenizer, id);
    return bytes ? this.#utf8.decode(bytes, { stream: true }) : this.#tokenizer.decode([id]);
  }

  /** What was left of a character that never became whole: "" or U+FFFD. The decoder then is as new. */
  end(): string {
    return this.#utf8.decode();
  }
}

/** The bytes of a token; undefined where every token is a text of its own. */
function bytesOf(tokenizer: Tokenizer, id: number): Uint8Array | undefined {
  if (tokenizer instanceof BytePairTokenizer) return tokenizer.token(id);
  if (!(tokenizer instanceof ByteTokenizer)) return undefined;
  tokenizer.decode([id]); // throws for what is no byte
  return Uint8Array.of(id);
}
