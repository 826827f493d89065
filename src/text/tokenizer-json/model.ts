/**
 * The model of a tokenizer.json: its vocabulary and its merges, read into byte pairs.
 *
 * Axes:    V tokens
 * Source:  https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/models/bpe/serialization.rs
 * Chapter: notebooks/01-tokens.ipynb
 */
import { fromByteLetters } from "../byte-letters.ts";
import { BytePairEncoder } from "../byte-pair-encoder.ts";
import { ID_LIMIT, type BytePairs } from "../byte-pairs.ts";
import type { JsonValue } from "./json-value.ts";

/** Tokens and merges, without pattern and special tokens. */
export type Model = Pick<BytePairs, "tokens" | "merges">;

/**
 * Tokens and merges of a model; entries of `special` belong to the special tokens.
 *
 * Throws `DataError` for another model than byte-level BPE, settings that change ids, entries that are
 * no bytes, ids that are twice there, and merges that make no token.
 */
export function readModel(model: JsonValue, special: ReadonlyMap<string, number>): Model {
  expectByteLevelModel(model);
  const idOf = readVocabulary(model.get("vocab"), special);
  const tokens: (Uint8Array | undefined)[] = [];
  for (const [letters, id] of idOf) {
    while (tokens.length <= id) tokens.push(undefined);
    tokens[id] = fromByteLetters(letters);
  }
  const merges = readMerges(model.get("merges"), idOf);
  const whole = model.get("ignore_merges");
  if (whole.value !== true) return { tokens, merges };

  // A piece that is a token shall be that token at once: so it is with ranks, and wherever merges lead to it.
  if (areRanks(idOf, merges)) return { tokens };
  if (leadToEveryToken({ tokens, merges })) return { tokens, merges };
  throw whole.refusal(
    "false, or merges that lead to every token",
    "some tokens of this vocabulary cannot be made by its merges",
  );
}

function expectByteLevelModel(model: JsonValue): void {
  const type = model.get("type");
  // The first files had no type: those with vocab and merges are BPE.
  if (!type.missing && type.value !== "BPE") {
    throw type.refusal('"BPE"', "only byte-level BPE can be read");
  }
  const settings = { dropout: [0], continuing_subword_prefix: [""], end_of_word_suffix: [""] };
  for (const [name, harmless] of Object.entries({ ...settings, byte_fallback: [false] })) {
    const setting = model.get(name);
    if (!setting.missing && !(harmless as unknown[]).includes(setting.value)) {
      throw setting.refusal(
        "null",
        "a tokenizer with this setting gives other ids than could be given here",
      );
    }
  }
}

/** Letters and id of every token, in the order of the file. */
function readVocabulary(
  vocab: JsonValue,
  special: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const idOf = new Map<string, number>();
  const taken = new Set<number>();
  let bytes = 0;
  for (const [letters, id] of vocab.fields()) {
    if (special.get(letters) === id) continue;
    if (
      typeof id !== "number" ||
      !Number.isInteger(id) ||
      id < 0 ||
      id >= ID_LIMIT ||
      taken.has(id)
    ) {
      throw vocab.get(letters).refusal("an id that no other token has, a whole number from 0");
    }
    if (letters === "" || fromByteLetters(letters) === undefined) {
      throw vocab.refusal(
        `letters that stand for bytes (ByteLevel) as tokens, with ${JSON.stringify(letters)} among added_tokens`,
        "only byte-level BPE can be read",
      );
    }
    taken.add(id);
    idOf.set(letters, id);
    if (letters.length === 1) bytes++;
  }
  if (bytes < 256) {
    throw vocab.refusal(
      `a token for each of the 256 bytes (here are ${bytes})`,
      "train it with initial_alphabet=ByteLevel.alphabet()",
    );
  }
  return idOf;
}

/** Merges as ids; in the file they are "a b", or ["a", "b"] since version 0.20 of tokenizers. */
function readMerges(
  list: JsonValue,
  idOf: ReadonlyMap<string, number>,
): (readonly [number, number, number])[] {
  const seen = new Set<string>();
  return list.items().map((merge) => {
    const parts = Array.isArray(merge.value)
      ? merge.items().map((part) => part.text())
      : merge.text().split(" ");
    const [left = "", right = ""] = parts;
    const [leftId, rightId, joined] = [left, right, left + right].map((token) => idOf.get(token));
    if (
      parts.length !== 2 ||
      leftId === undefined ||
      rightId === undefined ||
      joined === undefined
    ) {
      throw merge.refusal("two tokens of the vocabulary that together are a third one");
    }
    const pair = `${leftId} ${rightId}`;
    if (seen.has(pair)) throw merge.refusal("each pair once");
    seen.add(pair);
    return [leftId, rightId, joined] as const;
  });
}

/** Do the merges say what the ids say: every pair that makes a token is one, those of lower ids first? */
function areRanks(
  idOf: ReadonlyMap<string, number>,
  merges: readonly (readonly [number, number, number])[],
): boolean {
  let pairs = 0;
  for (const letters of idOf.keys()) {
    for (let cut = 1; cut < letters.length; cut++) {
      if (idOf.has(letters.slice(0, cut)) && idOf.has(letters.slice(cut))) pairs++;
    }
  }
  const inOrder = merges.every(([, , joined], i) => joined >= (merges[i - 1]?.[2] ?? 0));
  return inOrder && pairs === merges.length;
}

function leadToEveryToken(model: Model): boolean {
  const encoder = new BytePairEncoder({ ...model, pattern: "", special: {} });
  return model.tokens.every((bytes, id) => {
    if (bytes === undefined) return true;
    const ids: number[] = [];
    encoder.append(bytes, bytes.length, ids);
    return ids.length === 1 && ids[0] === id;
  });
}
