import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { textOf } from "../../src/cli/tokenizer/read-file.ts";
import { mobyDick } from "../../datasets/moby-dick/chapters.ts";
import { trainBytePairs } from "../../src/text/byte-pair-training.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "read-file-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each(["gpt2", "cl100k_base", "o200k_base"])(
  "a text read in small blocks has the pairs of %s that the whole has",
  (pattern) => {
    const chapters = mobyDick().slice(0, 5);
    const text = chapters.map((chapter) => chapter.text).join("  \n\n  ä漢🐋\n\n");
    const path = join(folder, "text.txt");
    writeFileSync(path, text);
    const parts = [...textOf(path, { block: 100 })];
    const options = { vocabulary: 700, pattern };

    expect(parts.length).toBeGreaterThan(300);
    expect(parts.join("")).toBe(text);
    expect(trainBytePairs(parts, options)).toEqual(trainBytePairs([text], options));
  },
);
