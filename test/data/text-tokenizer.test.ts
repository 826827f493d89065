import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import {
  openSavedTokenizer,
  openTextTokenizer,
  saveTokenizer,
} from "../../src/data/text-tokenizer.ts";
import { BytePairTokenizer } from "../../src/text/byte-pair-tokenizer.ts";
import { trainBytePairs } from "../../src/text/byte-pair-training.ts";
import { CharacterTokenizer } from "../../src/text/characters.ts";

const TEXT = "Der Wal, 那是一头白鲸 😀.\n\"'";

const learned = trainBytePairs([TEXT.repeat(5)], {
  vocabulary: 270,
  pattern: "gpt2",
  special: ["<|end|>"],
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tokenizer-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ["characters", () => new CharacterTokenizer(TEXT)],
  ["byte pairs", () => new BytePairTokenizer(learned)],
  // As the published ones are: a list of tokens alone.
  ["byte pairs without merges", () => new BytePairTokenizer({ ...learned, merges: undefined })],
])("%s come back from a folder with the same ids, and leave nothing beside", (_, make) => {
  const tokenizer = make();
  saveTokenizer(folder, tokenizer);
  const opened = openSavedTokenizer(folder);

  expect(readdirSync(folder)).toEqual(["tokenizer.json"]);
  expect(opened.vocabulary).toBe(tokenizer.vocabulary);
  expect(opened.encode(TEXT)).toEqual(tokenizer.encode(TEXT));
  expect(opened.decode(opened.encode(TEXT))).toBe(TEXT);
});

test("characters are a file that one can read", () => {
  saveTokenizer(folder, new CharacterTokenizer("cab\n"));

  expect(readFileSync(join(folder, "tokenizer.json"), "utf8")).toBe(
    '{"type":"characters","characters":"\\nabc"}\n',
  );
});

test("names and paths open a tokenizer, others are refused", () => {
  saveTokenizer(folder, new CharacterTokenizer("abc"));

  expect(openTextTokenizer("gpt2").encode("hello world")).toEqual([31373, 995]);
  expect(openTextTokenizer(join(folder, "tokenizer.json")).encode("cab")).toEqual([2, 0, 1]);
  expect(() => openTextTokenizer("gtp2")).toThrow(
    "gtp2: expected a tokenizer, which is characters, gpt2, cl100k_base, o200k_base or the path of a file, got neither; did you mean gpt2?",
  );
});

test.each([
  ['{"type":"characters","characters":"ba"}', '"ba"'],
  ['{"type":"characters","characters":"aab"}', '"aab"'],
  ['{"type":"characters","characters":""}', '""'],
  ['{"type":"characters"}', "none"],
])("characters that are damaged are refused: %s", (text, got) => {
  const path = join(folder, "tokenizer.json");
  writeFileSync(path, text);

  expect(() => openSavedTokenizer(folder)).toThrow(
    `${path}: expected "characters", each once and in the order of code points, got ${got}; restore the file`,
  );
});

test("a folder without a tokenizer is refused", () => {
  expect(() => openSavedTokenizer(folder)).toThrow(
    `${join(folder, "tokenizer.json")}: expected the tokenizer of a model, got no such file; name a folder that glassbox train has written`,
  );
});
