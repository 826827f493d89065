import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { bookByCharacters } from "../../src/experiments/book-gpt.ts";
import { lossWith } from "../../src/experiments/optimizers.ts";

beforeAll(async () => void (await useEngine()));

test("both optimizers learn, and a rate that is far too high counts as knowing nothing", async () => {
  const book = bookByCharacters();
  const run = (optimizer: "plain" | "adamw", rate: number): Promise<number> =>
    lossWith(book, { optimizer, rate, seed: 1 });

  expect(await run("plain", 0.1)).toBeLessThan(3);
  expect(await run("adamw", 0.01)).toBeLessThan(2.6);
  expect(await run("plain", 100)).toBe(Math.log(book.tokenizer.vocabulary));
}, 60_000);
