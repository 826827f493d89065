/**
 * The regular expressions by which GPT-2, GPT-4 and GPT-4o cut text before bytes are joined.
 *
 * At each place the first line that fits takes as much as it can. `++` and `?+` take and never give
 * back; `(?i:…)` ignores case; `\s+(?!\S)` is white space up to, not including, the last before a word.
 *
 * Source:  Radford et al. (2019), section 2.2; the expressions: https://github.com/openai/tiktoken,
 *          tiktoken_ext/openai_public.py, version 0.14.0
 * Chapter: notebooks/01-tokens.ipynb
 */

const r = String.raw;

/** The patterns by the names of their vocabularies, in the syntax of Rust and of Python's `regex`. */
export const publishedPatterns: Readonly<Record<"gpt2" | "cl100k_base" | "o200k_base", string>> = {
  gpt2: [
    r`'(?:[sdmt]|ll|ve|re)`, // the end of we'll
    r` ?\p{L}++`, // a word, with the space before it
    r` ?\p{N}++`, // a number
    r` ?[^\s\p{L}\p{N}]++`, // signs
    r`\s++$|\s+(?!\S)|\s`, // white space
  ].join("|"),
  cl100k_base: [
    r`'(?i:[sdmt]|ll|ve|re)`,
    r`[^\r\n\p{L}\p{N}]?+\p{L}++`, // a word, with one sign or space before it
    r`\p{N}{1,3}+`, // at most three digits
    r` ?[^\s\p{L}\p{N}]++[\r\n]*+`, // signs, and the ends of lines after them
    r`\s++$|\s*[\r\n]|\s+(?!\S)|\s`,
  ].join("|"),
  o200k_base: [
    // A word begins anew at a capital letter: camel|Case.
    r`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
    r`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?`,
    r`\p{N}{1,3}`,
    r` ?[^\s\p{L}\p{N}]+[\r\n/]*`,
    r`\s*[\r\n]+|\s+(?!\S)|\s+`,
  ].join("|"),
};

/** As published first, and as most files still write it: the same pieces. */
export const gpt2AsFirstPublished: readonly string[] = [
  r`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
  r`'s|'t|'re|'ve|'m|'ll|'d| ?[\p{L}]+| ?[\p{N}]+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
];

/**
 * As cl100k_base was published first, and as Llama 3's files write it. It differs from the one of today
 * in white space at the very end of a text: "\n  " is two pieces here, one there.
 */
export const cl100kAsFirstPublished: string = r`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
