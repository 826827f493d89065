import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ByteTokenizer } from "../../src/text/bytes.ts";
import { CharacterTokenizer } from "../../src/text/characters.ts";
import { roughText } from "./hard-texts.ts";

const replaced = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");

describe("CharacterTokenizer", () => {
  it("numbers the characters in the order of code points, whole characters beyond U+FFFF", () => {
    const tokenizer = new CharacterTokenizer("hello 👍\ufb01");
    expect(tokenizer.characters).toEqual([" ", "e", "h", "l", "o", "\ufb01", "👍"]);
    expect(tokenizer.vocabulary).toBe(7);
    expect(tokenizer.encode("hello👍")).toEqual([2, 1, 3, 3, 4, 6]);
  });

  it("gives any text back", () => {
    fc.assert(
      fc.property(roughText, (text) => {
        const tokenizer = new CharacterTokenizer(text);
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(replaced(text));
      }),
    );
  });

  it("refuses a character and an id that it does not have", () => {
    const tokenizer = new CharacterTokenizer("ab");
    expect(() => tokenizer.encode("aß")).toThrow(
      'CharacterTokenizer: expected characters of the text it was made from, got "ß" (U+00DF); make it from a text that has them all',
    );
    expect(() => tokenizer.decode([0, 2])).toThrow(
      "CharacterTokenizer: expected ids from 0 to 1, got 2; were these ids made with this tokenizer?",
    );
  });
});

describe("ByteTokenizer", () => {
  it("gives the bytes of UTF-8, and any text back", () => {
    const tokenizer = new ByteTokenizer();
    expect(tokenizer.encode("né")).toEqual([110, 195, 169]);
    fc.assert(
      fc.property(roughText, (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(replaced(text));
      }),
    );
  });

  it("refuses what is no byte", () => {
    expect(() => new ByteTokenizer().decode([65, 256])).toThrow(
      "ByteTokenizer: expected bytes, whole numbers from 0 to 255, got 256; were these ids made with this tokenizer?",
    );
  });
});
