import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { BytePairTokenizer } from "../../src/text/byte-pair-tokenizer.ts";
import { trainBytePairs } from "../../src/text/byte-pair-training.ts";
import { loadPublished } from "../../src/text/published.ts";
import { parseTokenizerJson, printTokenizerJson } from "../../src/text/tokenizer-json.ts";

/** Made by Hugging Face's tokenizers: test/fixtures/tokenizers/make.py. */
const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/tokenizers/${name}`, import.meta.url), "utf8");

/** A tokenizer.json as far as these tests look into it. */
interface File {
  added_tokens: Record<string, unknown>[];
  model: Record<string, unknown> & { vocab: Record<string, unknown>; merges: unknown[] };
  [part: string]: unknown;
}

/** The byte-level fixture with one change. */
function changed(change: (file: File) => void, name = "byte-level.json"): string {
  const file = JSON.parse(fixture(name)) as File;
  change(file);
  return JSON.stringify(file);
}

function refusal(text: string): unknown {
  try {
    parseTokenizerJson(text, { name: "t.json" });
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("a tokenizer.json of Hugging Face's tokenizers", () => {
  test.each(["byte-level", "split"])("%s gives the ids that they give", (name) => {
    const tokenizer = new BytePairTokenizer(parseTokenizerJson(fixture(`${name}.json`)));
    const cases = JSON.parse(fixture(`${name}-ids.json`)) as { text: string; ids: number[] }[];

    expect(cases.map(({ text }) => tokenizer.encode(text, { special: true }))).toEqual(
      cases.map(({ ids }) => ids),
    );
    expect(cases.map(({ ids }) => tokenizer.decode(ids))).toEqual(cases.map(({ text }) => text));
  });

  test("is what training learns from the same text, merge for merge", () => {
    const theirs = parseTokenizerJson(fixture("byte-level.json"));
    const ours = trainBytePairs([fixture("text.txt")], { vocabulary: 340 });
    const bytes = ({ tokens, merges = [] }: typeof theirs): unknown[] =>
      merges.map(([left, right]) => [tokens[left], tokens[right]]);

    expect(bytes(ours)).toEqual(bytes(theirs));
  });

  test("holds merges as pairs or as texts with a space: both read the same", () => {
    const pairs = parseTokenizerJson(fixture("byte-level.json"));
    const texts = changed(({ model }) => {
      model.merges = model.merges.map((merge) => (merge as string[]).join(" "));
    });

    expect(parseTokenizerJson(texts)).toEqual(pairs);
  });
});

describe("printTokenizerJson", () => {
  test.each([
    "gpt2",
    "cl100k_base",
    "o200k_base",
    String.raw`\p{L}+|[^\p{L}]`,
    String.raw`[\s\S]+`,
  ])("what was learned with the pattern %s is read again as it was", (pattern) => {
    const special = ["<|b|>", "<|a|>"];
    const text = fixture("text.txt");
    const pairs = trainBytePairs([text], { vocabulary: 400, pattern, special });

    expect(parseTokenizerJson(printTokenizerJson(pairs))).toEqual(pairs);
  });

  test("ranks are written with every merge that they imply, and read again as ranks", () => {
    const { pairs } = loadPublished("gpt2");
    const file = printTokenizerJson(pairs);

    expect(parseTokenizerJson(file)).toEqual(pairs);
    expect((JSON.parse(file) as File).model["ignore_merges"]).toBe(true);
  });

  test("the vocabulary stands in the order of the ids, digits too", () => {
    const file = printTokenizerJson(trainBytePairs(["2024 2024"], { vocabulary: 258 }));

    expect(file.indexOf('"/": 47')).toBeLessThan(file.indexOf('"0": 48'));
    expect(file).toContain('"02": 256,\n      "202": 257\n    }');
  });

  test("special tokens stand in the order of their ids too, in both places", () => {
    const pairs = trainBytePairs(["a"], { vocabulary: 256 });
    const file = printTokenizerJson({ ...pairs, special: { "<|b|>": 301, "<|a|>": 300 } });

    expect(file).toContain('"<|a|>": 300,\n      "<|b|>": 301\n    }');
    expect((JSON.parse(file) as File).added_tokens.map(({ id }) => id)).toEqual([300, 301]);
  });

  test("cl100k_base is written in the syntax of Oniguruma", () => {
    const pairs = trainBytePairs(["a"], { vocabulary: 256, pattern: "cl100k_base" });

    // {1,3}+ would take six digits there, and $ the end of every line.
    expect(JSON.parse(printTokenizerJson(pairs))).toMatchObject({
      pre_tokenizer: {
        pretokenizers: [
          {
            pattern: {
              Regex: String.raw`'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++\z|\s*[\r\n]|\s+(?!\S)|\s`,
            },
          },
          {},
        ],
      },
    });
  });

  test("refuses what Hugging Face's tokenizers would read in another way", () => {
    const pairs = trainBytePairs(["aaa"], { vocabulary: 256 });

    expect(() => printTokenizerJson({ ...pairs, special: { Ġ: 256 } })).toThrow(
      new DataError(
        'printTokenizerJson: expected special tokens that differ from the letters of every token, got "Ġ"; choose a longer one, such as "<|Ġ|>"',
      ),
    );
    expect(() => printTokenizerJson({ ...pairs, pattern: String.raw`\d{1,3}+|.` })).toThrow(
      new DataError(
        String.raw`printTokenizerJson: expected a pattern without ^, $ and {1,3}+, which mean something else to Hugging Face's tokenizers, got \d{1,3}+|.; write it without them, or write a rank file (.tiktoken)`,
      ),
    );
  });
});

describe("parseTokenizerJson refuses by name", () => {
  const setting = "a tokenizer with this setting gives other ids than could be given here";
  test.each<[string, (file: File) => void, string]>([
    [
      "a normalizer",
      (f) => (f["normalizer"] = { type: "NFC" }),
      `normalizer: expected null (text is taken as it is), got {"type":"NFC"}; ${setting}`,
    ],
    [
      "truncation",
      (f) => (f["truncation"] = { max_length: 8 }),
      `truncation: expected null (text is taken as it is), got {"max_length":8}; ${setting}`,
    ],
    [
      "a prefix space",
      (f) => ((f["pre_tokenizer"] as File)["add_prefix_space"] = true),
      `pre_tokenizer.add_prefix_space: expected false, got true; ${setting}`,
    ],
    [
      "another pre-tokenizer",
      (f) => (f["pre_tokenizer"] = { type: "Metaspace" }),
      'pre_tokenizer.type: expected "ByteLevel" or "Sequence", got "Metaspace"; only byte-level pre-tokenizers can be read',
    ],
    [
      "tokens around a text",
      (f) => (f["post_processor"] = { type: "TemplateProcessing" }),
      'post_processor: expected ByteLevel or null, got {"type":"TemplateProcessing"}; it adds tokens around a text: set it to null to read the file without them',
    ],
    [
      "another decoder",
      (f) => (f["decoder"] = { type: "WordPiece" }),
      'decoder: expected ByteLevel or null, got {"type":"WordPiece"}; set it to ByteLevel and save the file again',
    ],
    [
      "another model",
      (f) => (f.model["type"] = "Unigram"),
      'model.type: expected "BPE", got "Unigram"; only byte-level BPE can be read',
    ],
    [
      "dropout",
      (f) => (f.model["dropout"] = 0.1),
      `model.dropout: expected null, got 0.1; ${setting}`,
    ],
    [
      "a suffix of words",
      (f) => (f.model["end_of_word_suffix"] = "</w>"),
      `model.end_of_word_suffix: expected null, got "</w>"; ${setting}`,
    ],
    [
      "no model",
      (f) => delete (f as { model?: unknown }).model,
      "model: expected a model, got nothing; restore the file, or save it again",
    ],
    ["a token that is no bytes", (f) => (f.model.vocab["▁the"] = 400), ""],
    [
      "an id that is twice there",
      (f) => (f.model.vocab["zz"] = 7),
      "model.vocab.zz: expected an id that no other token has, a whole number from 0, got 7; restore the file, or save it again",
    ],
    [
      "a merge without its token",
      (f) => f.model.merges.push(["z", "z"]),
      'model.merges[84]: expected two tokens of the vocabulary that together are a third one, got ["z","z"]; restore the file, or save it again',
    ],
    [
      "a merge that is twice there",
      (f) => f.model.merges.push(f.model.merges[0]),
      'model.merges[84]: expected each pair once, got ["Ġ","t"]; restore the file, or save it again',
    ],
    [
      "special tokens that take spaces",
      (f) => f.added_tokens.push({ id: 400, content: "<s>", lstrip: true }),
      "added_tokens[0].lstrip: expected false, got true; special tokens are found as they are written, with nothing around them",
    ],
    [
      "special tokens without an id",
      (f) => f.added_tokens.push({ content: "<s>" }),
      "added_tokens[0].id: expected an id that no other token has, a whole number from 0, got nothing; restore the file, or save it again",
    ],
    [
      "special tokens with an id that no vocabulary reaches",
      (f) => f.added_tokens.push({ id: 2 ** 24, content: "<s>" }),
      "added_tokens[0].id: expected an id that no other token has, a whole number from 0, got 16777216; restore the file, or save it again",
    ],
  ])("%s", (_, change, message) => {
    const error = refusal(changed(change));

    expect(error).toBeInstanceOf(DataError);
    if (message === "") {
      expect((error as Error).message).toMatch(
        /^t\.json, model\.vocab: expected letters that stand for bytes \(ByteLevel\) as tokens, with "▁the" among added_tokens, got .*; only byte-level BPE can be read$/,
      );
    } else expect((error as Error).message).toBe(`t.json, ${message}`);
  });

  test.each<[string, (split: Record<string, unknown>) => void, string]>([
    [
      "another behaviour",
      (split) => (split["behavior"] = "Removed"),
      'behavior: expected "Isolated", got "Removed"',
    ],
    ["an inverted one", (split) => (split["invert"] = true), "invert: expected false, got true"],
  ])("of a Split %s", (_, change, message) => {
    const text = changed((file) => {
      const { pretokenizers } = file["pre_tokenizer"] as {
        pretokenizers: Record<string, unknown>[];
      };
      change(pretokenizers[0] ?? {});
    }, "split.json");

    expect(refusal(text)).toEqual(
      new DataError(`t.json, pre_tokenizer.pretokenizers[0].${message}; ${setting}`),
    );
  });

  test("a vocabulary without all bytes, text that is no JSON, and JSON that is no tokenizer", () => {
    const noByte = changed(({ model }) => {
      delete model.vocab["a"];
      model.vocab["<|a|>"] = 64;
      model.merges = [];
    });

    expect(refusal(noByte)).toMatchObject({
      message: expect.stringMatching(
        /^t\.json, model\.vocab: expected a token for each of the 256 bytes \(here are 255\), got .*; train it with initial_alphabet=ByteLevel\.alphabet\(\)$/,
      ) as string,
    });
    expect(refusal('{"model":')).toEqual(
      new DataError('t.json: expected JSON, got "Unexpected end of JSON input"; restore the file'),
    );
    expect(refusal("[1]")).toEqual(
      new DataError("t.json: expected an object, got [1]; restore the file, or save it again"),
    );
  });

  test("ignore_merges where merges cannot make a token, and reads it where they can", () => {
    const reachable = changed(({ model }) => (model["ignore_merges"] = true));
    const not = changed(({ model }) => {
      model["ignore_merges"] = true;
      model.vocab["zzz"] = 340;
    });

    expect(parseTokenizerJson(reachable)).toEqual(parseTokenizerJson(fixture("byte-level.json")));
    expect(refusal(not)).toEqual(
      new DataError(
        "t.json, model.ignore_merges: expected false, or merges that lead to every token, got true; some tokens of this vocabulary cannot be made by its merges",
      ),
    );
  });
});
