import { describe, expect, test } from "vitest";

import { mobyDick, mobyDickText } from "../../../datasets/moby-dick/chapters.ts";
import { statedSizes } from "../stated-sizes.ts";

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
    const text = mobyDickText();
    expect(statedSizes("moby-dick")).toEqual([
      mobyDick().length,
      text.length,
      Buffer.byteLength(text),
      text.match(/\p{Letter}/gu)?.length,
      text.split(/\s+/).length,
      new Set(text).size,
    ]);
  });
});
