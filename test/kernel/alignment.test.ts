import { describe, expect, it } from "vitest";

import { alignment } from "../../src/kernel/alignment.ts";
import { Edits } from "../../src/kernel/edits.ts";

describe("places in a cell", () => {
  it("are found again behind types that vanished and code that was put in", () => {
    const source =
      "interface A { x: number }\ntype B = A;\n\nconst a: B = { x: 1 };\nthrow fail(a);";
    const code =
      "const a = { x: 1 };\n$box.at = { value: a };\nif (flag[0]) leave();\nthrow fail(a);";
    const places = alignment(source, code);
    expect(places({ line: 4, column: 7 })).toEqual({ line: 5, column: 7 });
    expect(places({ line: 1, column: 7 })).toEqual({ line: 4, column: 7 });
  });

  it("are found at once in a cell of 20,000 numbers", () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => i).join(", ");
    const start = performance.now();
    const places = alignment(
      `const a: number[] = [${numbers}];\nthrow a`,
      `const a = [${numbers}];\nthrow a`,
    );
    expect(places({ line: 2, column: 1 })).toEqual({ line: 2, column: 1 });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("are undefined before the first thing that both have", () => {
    expect(alignment("b", "a;\nb")({ line: 1, column: 1 })).toBeUndefined();
  });
});

describe("edits", () => {
  const edits = new Edits("export const a = { b };");
  edits.insert(0, "await null;\n");
  edits.replace(0, 6, "      ");
  edits.insert(20, ": b");

  it("are applied in order of place", () => {
    expect(edits.apply()).toBe("await null;\n       const a = { b: b };");
  });

  it("map positions back, those inside an insertion to where it was made", () => {
    const text = edits.apply();
    expect(edits.original(text.indexOf("const"))).toBe(7);
    expect(edits.original(text.indexOf("null"))).toBe(0);
    expect(edits.original(text.indexOf("}"))).toBe(21);
  });
});
