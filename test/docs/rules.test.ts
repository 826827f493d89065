import { describe, expect, test } from "vitest";

import { badChapters, chapters, parts } from "./course.ts";
import { readDocument } from "./document.ts";
import { badGlossary } from "./glossary.ts";
import { badFormulas, badHeadings, badLengths, badPictures, brokenLinks } from "./rules.ts";
import type { Project } from "./rules.ts";
import { badTree } from "./tree.ts";

// Each rule on a small bad document, so that it is seen to fail; and on a good one beside it.

const read = (text: string) => readDocument("docs/a.md", text);

const small: Project = {
  has: (path) => ["docs/a.md", "docs/b c.md", "src", "src/x.ts", "pic.png"].includes(path),
  document: (path) => (path === "docs/b c.md" ? readDocument(path, "# There\n") : undefined),
  lines: (path) => (path === "src/x.ts" ? 42 : 0),
};

describe("brokenLinks", () => {
  test("accepts files, folders, anchors here and elsewhere, and web addresses", () => {
    const good = read(
      "# Here\n\n[1](#here) [2](b%20c.md) [3](b%20c.md#there) [4](../src) [5](https://example.org/a?b#c)",
    );

    expect(brokenLinks(good, small)).toEqual([]);
  });

  test.each([
    ["[x](none.md)", "none.md leads to no file of the project"],
    ["[x](../../a.md)", "../../a.md leads to no file of the project"],
    ["[x](/src)", "/src begins at the root of the disk"],
    ["[x](#gone)", "#gone names no heading of docs/a.md"],
    ["[x](b%20c.md#gone)", "b%20c.md#gone names no heading of docs/b c.md"],
    ["[x](../src#L1)", "../src#L1 names no heading of src"],
    ["[x](http://)", "http:// is no address"],
    ["[x](ftp://example.org)", "ftp://example.org is no address"],
    ['<a href="none.md">x</a>', "none.md leads to no file of the project"],
  ])("refuses %s", (text, problem) => {
    expect(brokenLinks(read(text), small)).toEqual([`docs/a.md: ${problem}`]);
  });
});

describe("badLengths", () => {
  test("accepts the number of lines that a file has, in any of the usual wordings", () => {
    const good =
      "[a](../src/x.ts), 42 lines, [b](../src/x.ts) has 42 lines ([c](../src/x.ts): 42 lines)";
    expect(badLengths(read(good), small)).toEqual([]);
  });

  test.each(["[a](../src/x.ts), 41 lines", "[`a`](../src/x.ts), has 41 lines; read it now"])(
    "refuses %s",
    (text) => {
      expect(badLengths(read(text), small)).toEqual(["docs/a.md: src/x.ts has 42 lines, not 41"]);
    },
  );
});

describe("badPictures", () => {
  test("accepts a picture that is there and described", () => {
    expect(badPictures(read("![Bars of letters, e is first](../pic.png)"), small)).toEqual([]);
  });

  test("refuses one that is not there, one without words, and a name instead of words", () => {
    expect(
      badPictures(read('![Bars of letters, e is first](pic.png)\n\n<img src="../pic.png">'), small),
    ).toEqual([
      "docs/a.md: picture pic.png is not there",
      "docs/a.md: picture ../pic.png has no alt text that describes it",
    ]);
    expect(badPictures(read("![picture](../pic.png)"), small)).toEqual([
      "docs/a.md: picture ../pic.png has no alt text that describes it",
    ]);
  });
});

describe("badHeadings", () => {
  test("accepts one title, levels in steps down and leaps up", () => {
    expect(badHeadings(read("# A\n\n## B\n\n### C\n\n## D\n"))).toEqual([]);
  });

  test.each([
    ["no title", "## A\n", ["0 headings of level 1, expected one"]],
    ["two titles", "# A\n\n# B\n", ["2 headings of level 1, expected one"]],
    ["a title that comes late", "## A\n\n# B\n", ["the first heading is not the title"]],
    ["a level skipped", "# A\n\n### B\n", ['"B" skips from level 1 to 3']],
    [
      "a name twice",
      "# A\n\n## B\n\n## B\n",
      ['"B" is the name of two headings: links cannot tell them apart'],
    ],
  ])("refuses %s", (_what, text, problems) => {
    expect(badHeadings(read(text))).toEqual(problems.map((problem) => `docs/a.md: ${problem}`));
  });
});

describe("badFormulas", () => {
  test("accepts formulas of both kinds, and takes neither prices nor code for one", () => {
    const good =
      "$a_1 * b_1$ and $$\n\\frac{1}{2}\n$$ cost $5 and $6, or `$\\bad{$`, or \\$x\\bad$.";

    expect(badFormulas(read(good))).toEqual([]);
  });

  test("refuses an unknown command and an open brace, in a table too", () => {
    expect(badFormulas(read("$\\nope{x}$"))).toEqual([
      "docs/a.md: KaTeX parse error: Undefined control sequence: \\nope at position 1: \\̲n̲o̲p̲e̲{x}",
    ]);
    expect(badFormulas(read("| a |\n|---|\n| $$\\frac{1$$ |"))).toEqual([
      "docs/a.md: KaTeX parse error: Unexpected end of input in a macro argument, expected '}' at end of input: \\frac{1",
    ]);
  });
});

describe("badChapters", () => {
  const table = (rows: string) =>
    read(
      `# A\n\n### I Text\n\n| # | chapter | the question | needs | minutes |\n|---|---|---|---|---|\n${rows}`,
    );
  const exists = (path: string): boolean => path === "notebooks/00-start.ipynb";
  const start = "| 00 | [start](notebooks/00-start.ipynb) | How? | – | 20 |\n";

  test("accepts a chapter that is there and one to come", () => {
    expect(badChapters(table(`${start}| 01 | tokens | What? | 00 | to come |`), exists)).toEqual(
      [],
    );
  });

  test.each([
    [
      "| 00 | start | How? | – | to come |",
      ["start has no link to notebooks/00-start.ipynb", "start does not say its minutes"],
    ],
    [
      `${start}| 01 | [tokens](notebooks/01-tokens.ipynb) | What? | 00 | 30 |`,
      ["tokens links to a notebook that is not there", 'tokens is not marked "to come"'],
    ],
    [`${start}| 02 | tokens | What? | 00 | to come |`, ["02 stands where 01 belongs"]],
    [`${start}| 01 | tokens | | 00 | to come |`, ["01 has an empty field"]],
    [`${start}| 01 | tokens | What? | 00, 01 | to come |`, ["tokens needs 01"]],
  ])("refuses %s", (rows, problems) => {
    expect(badChapters(table(rows), exists)).toEqual(
      problems.map((problem) => `docs/a.md: ${problem}`),
    );
  });

  test("parts are headings above tables or rows without a number", () => {
    const one = read(
      "| # | chapter | the question |\n|---|---|---|\n| | **I Text** | |\n| 00 | start | How? |",
    );

    expect(parts(table(start))).toEqual(["I Text"]);
    expect(parts(one)).toEqual(["I Text"]);
    expect(chapters(one)).toEqual([{ "#": "00", chapter: "start", "the question": "How?" }]);
  });
});

describe("badGlossary", () => {
  const rows = (...lines: string[]) =>
    read(
      `| term | 中文 | in plain words | chapter | cell |\n|---|---|---|---|---|\n${lines.join("\n")}`,
    );
  const token = "| token | 标记 | A piece. | 01 | not yet |";

  test("accepts complete rows, with a link into the chapter or not yet", () => {
    const good = rows(
      token,
      "| loss | 损失 | A number. | 01, 03 | [cell](notebooks/03-learning.ipynb#The-loss) |",
    );

    expect(
      badGlossary(good, [
        ["token", "标记", "01"],
        ["loss", "损失", "01, 03"],
      ]),
    ).toEqual([]);
  });

  test.each([
    [
      token.replace("| A piece. |", "| |"),
      ['"token" has an empty field', '"token" is not explained by a sentence'],
    ],
    [token.replace("标记", "Token"), ['"token" has no Chinese']],
    [token.replace("A piece.", "a piece"), ['"token" is not explained by a sentence']],
    [token.replace("| 01 |", "| later |"), ['"token" names no chapters']],
    [
      token.replace("not yet", "soon"),
      ['"token" has neither "not yet" nor a link into its chapter'],
    ],
    [
      token.replace("not yet", "[cell](notebooks/03-learning.ipynb#The-loss)"),
      ['"token" has neither "not yet" nor a link into its chapter'],
    ],
    [`${token}\n${token}`, ['"token" stands there twice']],
  ])("refuses %s", (row, problems) => {
    expect(badGlossary(rows(row), [])).toEqual(problems.map((problem) => `docs/a.md: ${problem}`));
  });

  test("refuses a required term that is missing, or has other Chinese or other chapters", () => {
    expect(
      badGlossary(rows(token), [
        ["loss", "损失", "03"],
        ["token", "令牌", "02"],
      ]),
    ).toEqual([
      'docs/a.md: "loss" is missing',
      'docs/a.md: "token" is 令牌, not 标记',
      'docs/a.md: "token" belongs to 02, not 01',
    ]);
  });

  test("refuses a document without the table", () => {
    expect(badGlossary(read("# A\n"), [])).toEqual([
      "docs/a.md: no glossary with the columns term, 中文, in plain words, chapter, cell",
    ]);
  });
});

describe("badTree", () => {
  const tree = "```\nsrc/     code\n  core/  the base\n  nn/\ntest/    tests\n```";

  test("accepts a tree that is complete", () => {
    const good = read(tree.replace("nn/", "nn/    layers"));

    expect(badTree(good, ["src", "src/core", "src/nn", "test"])).toEqual([]);
  });

  test("refuses folders that are not there, that are missing, and one without a phrase", () => {
    expect(badTree(read(tree), ["src", "src/core", "src/plot", "test"])).toEqual([
      "docs/a.md: tree: src/nn is not there",
      "docs/a.md: tree: src/plot is missing",
      "docs/a.md: tree: nn/ has no phrase",
    ]);
  });
});
