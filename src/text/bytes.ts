/**
 * The tokenizer that never meets an unknown word: ids are the bytes of UTF-8.
 *
 *     "né"  ->  110 195 169
 *
 * Axes:    V = 256 bytes
 * Source:  RFC 3629, https://www.rfc-editor.org/rfc/rfc3629; as a vocabulary: Xue et al. (2022), "ByT5",
 *          https://arxiv.org/abs/2105.13626
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";
import type { Tokenizer } from "./tokenizer.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Text to its UTF-8 bytes and back. */
export class ByteTokenizer implements Tokenizer {
  /** V = 256 */
  readonly vocabulary: number = 256;

  /** One id for each byte; a lone surrogate counts as U+FFFD. */
  encode(text: string): number[] {
    return Array.from(encoder.encode(text));
  }

  /** The text of some bytes; what is no UTF-8 becomes U+FFFD. Throws `DataError` for an id outside 0 to 255. */
  decode(ids: ArrayLike<number>): string {
    const bytes = Uint8Array.from(ids);
    const wrong = bytes.findIndex((byte, i) => byte !== ids[i]);
    if (wrong >= 0) {
      throw new DataError(
        `ByteTokenizer: expected bytes, whole numbers from 0 to 255, got ${ids[wrong]}; were these ids made with this tokenizer?`,
      );
    }
    return decoder.decode(bytes);
  }
}
