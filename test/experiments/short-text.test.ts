import { expect, test } from "vitest";

import { bookByCharacters, smallTraining } from "../../src/experiments/book-gpt.ts";
import { SHORT_STEPS, SHORT_TEXT, shortened } from "../../src/experiments/short-text.ts";

test("only the text to learn from is shortened, to its beginning", () => {
  const book = bookByCharacters();
  const short = shortened(book);

  expect(short.train).toEqual(book.train.subarray(0, SHORT_TEXT));
  expect(short.validation).toBe(book.validation);
});

test("the short text is read so often as the comment says, the whole book not once", () => {
  const { batch } = smallTraining({ seed: 1 });
  const read = SHORT_STEPS * batch * 64;

  expect(Math.round(read / SHORT_TEXT)).toBe(171);
  expect(read).toBeLessThan(bookByCharacters().train.length);
});
