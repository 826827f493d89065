/**
 * The 256 bytes as 256 visible characters, so that tokens which are no UTF-8 can stand in a text file.
 *
 * GPT-2 writes each byte that Latin-1 shows (! to ~, ¡ to ¬, ® to ÿ) as itself, and the 68 others, in
 * order, as U+0100, U+0101 and so on: a space becomes Ġ, a line feed Ċ. Files of Hugging Face's
 * tokenizers ("ByteLevel") keep this alphabet.
 *
 * Source:  Radford et al. (2019), `bytes_to_unicode` of https://github.com/openai/gpt-2/blob/master/src/encoder.py
 * Chapter: notebooks/01-tokens.ipynb
 */

/** (256) The character that stands for each byte. */
export const byteLetters: readonly string[] = lettersInOrder();

const byteOf = new Map(byteLetters.map((letter, byte) => [letter, byte]));

/** (256) The bytes in the order of their letters: ! first, the space 221st. GPT-2's ids 0 to 255. */
export const bytesByLetter: readonly number[] = [...byteOf]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([, byte]) => byte);

/** The letters of some bytes: " a" is the bytes 32 and 97, the letters Ġa. */
export function toByteLetters(bytes: Uint8Array): string {
  let letters = "";
  for (const byte of bytes) letters += byteLetters[byte];
  return letters;
}

/** The bytes that some letters stand for; undefined when one of them stands for no byte. */
export function fromByteLetters(letters: string): Uint8Array | undefined {
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) {
    const byte = byteOf.get(letters[i] as string);
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}

function lettersInOrder(): string[] {
  const letters: string[] = [];
  let hidden = 0;
  for (let byte = 0; byte < 256; byte++) {
    const visible = (byte >= 33 && byte <= 126) || (byte >= 161 && byte !== 173);
    letters.push(String.fromCharCode(visible ? byte : 256 + hidden++));
  }
  return letters;
}
