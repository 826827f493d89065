import { describe, expect, test } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { formatCode } from "../../src/notebook-files/cell-code.ts";

describe("formatCode", () => {
  test.each([
    ["a last expression without semicolon stays without", "const x=1\nx+1", "const x = 1;\nx + 1"],
    ["one with a semicolon keeps it", "const x=1\nx+1;", "const x = 1;\nx + 1;"],
    ["a semicolon on the next line counts", "x\n;", "x;"],
    ["a second semicolon is dropped, the first kept", "x;;", "x;"],
    ["statements that show nothing get theirs", "const x=1", "const x = 1;"],
    ["a block has none", "for(const a of b){f(a)}", "for (const a of b) {\n  f(a);\n}"],
    ["an awaited value stays shown", "await f( 1 )", "await f(1)"],
    [
      "comments after the value stay",
      "f() // the value\n// end",
      "f(); // the value\n// end".replace(";", ""),
    ],
    ["comments after a hidden value too", "f(); // hidden", "f(); // hidden"],
    ["a semicolon inside the value is not the last one", 'f(";")', 'f(";")'],
    [
      "a last line within a function is left alone",
      "f(() => {\n  g()\n})",
      "f(() => {\n  g();\n})",
    ],
    ["a cell of comments", "// later", "// later"],
    ["an empty cell", "\n", ""],
    [
      "types and top-level await are known",
      "let a:number=await f<string>()\na",
      "let a: number = await f<string>();\na",
    ],
  ])("%s", async (_what, code, expected) => {
    const once = await formatCode(code, "cell 1");

    expect(once).toBe(expected);
    expect(await formatCode(once, "cell 1")).toBe(once);
  });

  test("an expression that needs several lines keeps its shown value", async () => {
    const code = `show(${["first", "second", "third"].map((word) => `make("${word.repeat(6)}")`).join()})`;

    expect(await formatCode(code, "cell 1", { printWidth: 60 })).toBe(
      'show(\n  make("firstfirstfirstfirstfirstfirst"),\n  make("secondsecondsecondsecondsecondsecond"),\n  make("thirdthirdthirdthirdthirdthird"),\n)',
    );
  });

  test("code that does not parse is named with its reason", async () => {
    await expect(formatCode("let = ;", "a.ipynb, cell 3")).rejects.toThrow(
      new DataError('a.ipynb, cell 3: expected code that parses, got "Expression expected. (1:7)"'),
    );
  });
});
