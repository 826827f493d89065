/**
 * Any bytes as a string, and back: bytes that are no UTF-8 become lone surrogates U+DC80 to U+DCFF.
 *
 * So bytes of every kind go the way of text: they are cut into pieces (such a byte counts as a sign)
 * and come out as they were.
 *
 * Source:  PEP 383, https://peps.python.org/pep-0383/; which bytes are no UTF-8: the Unicode Standard,
 *          section 3.9, table 3-7
 * Chapter: notebooks/01-tokens.ipynb
 */

/** A string in which every surrogate has its partner: a lone one becomes U+FFFD, as in UTF-8. */
export function wellFormed(text: string): string {
  // In every Node since 20, and in no type of ES2022.
  return (text as unknown as { toWellFormed(): string }).toWellFormed();
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes as text; those that are no UTF-8 as U+DC80 to U+DCFF. */
export function escapeBytes(bytes: Uint8Array): string {
  const parts: string[] = [];
  let valid = 0; // bytes before this one are in `parts`
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(strict.decode(bytes.subarray(valid, at)));
    parts.push(String.fromCharCode(0xdc00 | (bytes[at] as number)));
    valid = ++at;
  }
  parts.push(strict.decode(bytes.subarray(valid)));
  return parts.join("");
}

/** How many bytes the UTF-8 character at `at` has; 0 where none stands. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  const second = bytes[at + 1] ?? 0;
  // Too long forms, surrogates, and what lies beyond U+10FFFF.
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  for (let i = 1; i < length; i++) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** How many bytes at the end may begin a character that the next bytes complete: 0 to 3. */
export function openEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) return back < (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}
