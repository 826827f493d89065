/**
 * The UTF-8 bytes of a piece of text, with their hash, in one pass and without new objects.
 *
 * Bytes that are no UTF-8 travel in a string as lone surrogates U+DC80 to U+DCFF, which no valid text
 * contains: here they become bytes 0x80 to 0xFF again (the way of Python's "surrogateescape").
 *
 * Source:  RFC 3629, https://www.rfc-editor.org/rfc/rfc3629; PEP 383, https://peps.python.org/pep-0383/
 * Chapter: notebooks/01-tokens.ipynb
 */
import { EMPTY_HASH, extendHash } from "./token-table.ts";

/** The bytes of one piece at a time. */
export class PieceBytes {
  /** The bytes of the piece, at the start of an array that is used again and again. */
  bytes: Uint8Array = new Uint8Array(256);
  length = 0;
  /** FNV-1a of the bytes. */
  hash: number = EMPTY_HASH;

  /** Takes the piece of `text` from unit `start` up to `end`. */
  write(text: string, start: number, end: number): void {
    // A unit takes three bytes at most; two units of a pair take four.
    if (3 * (end - start) > this.bytes.length) this.bytes = new Uint8Array(6 * (end - start));
    const bytes = this.bytes;
    let hash = EMPTY_HASH;
    let length = 0;
    for (let at = start; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (unit >= 0x80) {
        const before = length;
        const code = (unit & 0xfc00) === 0xd800 ? (text.codePointAt(at) as number) : unit;
        length = writeCharacter(bytes, length, code);
        if (code > 0xffff) at++;
        for (let i = before; i < length; i++) hash = extendHash(hash, bytes[i] as number);
      } else {
        bytes[length++] = unit;
        hash = extendHash(hash, unit);
      }
    }
    this.length = length;
    this.hash = hash;
  }
}

/** Writes a code point from U+0080 on at `at`; returns where it ends. */
function writeCharacter(bytes: Uint8Array, at: number, code: number): number {
  if (code < 0x800) {
    bytes[at] = 0xc0 | (code >> 6);
  } else if (code < 0x10000) {
    if (code >= 0xdc80 && code <= 0xdcff) {
      bytes[at] = code & 0xff; // a byte that is no UTF-8
      return at + 1;
    }
    bytes[at++] = 0xe0 | (code >> 12);
    bytes[at] = 0x80 | ((code >> 6) & 0x3f);
  } else {
    bytes[at++] = 0xf0 | (code >> 18);
    bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
    bytes[at] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[at + 1] = 0x80 | (code & 0x3f);
  return at + 2;
}
