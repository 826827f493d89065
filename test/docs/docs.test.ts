import { describe, expect, test } from "vitest";

import { badChapters, chapters, parts } from "./course.ts";
import { readDocument } from "./document.ts";
import type { Document } from "./document.ts";
import { badGlossary } from "./glossary.ts";
import { documents, project, visibleFolders } from "./project.ts";
import { requiredTerms } from "./required-terms.ts";
import { badFormulas, badHeadings, badLengths, badPictures, brokenLinks } from "./rules.ts";
import { badTree } from "./tree.ts";

const all = documents();

function named(path: string): Document {
  const document = all.find((one) => one.path === path);
  if (document === undefined) throw new Error(`${path} is not among the documents`);
  return document;
}

describe("README.md, course.md, data sets and notebooks", () => {
  test("are all read", () => {
    expect(all.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "README.md",
        "course.md",
        "datasets/moby-dick/README.md",
        "notebooks/00-start.ipynb",
      ]),
    );
  });

  test("every link leads somewhere, every anchor to a heading", () => {
    expect(all.flatMap((document) => brokenLinks(document, project))).toEqual([]);
  });

  test("every picture is there and has words for those who cannot see it", () => {
    expect(all.flatMap((document) => badPictures(document, project))).toEqual([]);
  });

  test("every document has one title and skips no level of headings", () => {
    expect(all.flatMap(badHeadings)).toEqual([]);
  });

  test("a file has as many lines as a chapter says", () => {
    expect(all.flatMap((document) => badLengths(document, project))).toEqual([]);
  });

  test("every formula compiles", () => {
    expect(all.flatMap(badFormulas)).toEqual([]);
  });
});

describe("the course tables", () => {
  test("course.md agrees with the notebooks there are, and needs only earlier chapters", () => {
    expect(badChapters(named("course.md"), project.has)).toEqual([]);
  });

  test("there is a start, and 28 chapters in seven parts", () => {
    expect(chapters(named("course.md")).map((row) => row.chapter)).toHaveLength(29);
    expect(parts(named("course.md"))).toHaveLength(7);
  });

  test("README.md has the same chapters in the same parts", () => {
    const short = chapters(named("course.md")).map((row) => ({
      "#": row["#"],
      chapter: row.chapter,
      "the question": row["the question"],
      minutes: row.minutes,
    }));

    expect(chapters(named("README.md"))).toEqual(short);
    expect(parts(named("README.md"))).toEqual(parts(named("course.md")));
  });
});

describe("the glossary", () => {
  test("has every required term, each row complete", () => {
    expect(badGlossary(named("course.md"), requiredTerms)).toEqual([]);
  });
});

describe("the tree in README.md", () => {
  test("names every folder, and none that is not there", () => {
    expect(badTree(named("README.md"), visibleFolders())).toEqual([]);
  });
});

describe("readDocument", () => {
  test("takes a notebook's Markdown cells, not its code", () => {
    const notebook = readDocument(
      "notebooks/a.ipynb",
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: [
          { cell_type: "markdown", id: "a", metadata: {}, source: ["# What now?\n", "text"] },
          { cell_type: "code", id: "b", metadata: {}, source: "// # no heading", outputs: [] },
          { cell_type: "markdown", id: "c", metadata: {}, source: "## `x` and *y*" },
        ],
      }),
    );

    expect(notebook.headings).toEqual([
      { level: 1, text: "What now?" },
      { level: 2, text: "x and y" },
    ]);
    expect(notebook.anchors).toEqual([
      "What-now?",
      "x-and-y",
      "cell-id=a",
      "cell-id=b",
      "cell-id=c",
    ]);
  });

  test("makes GitHub's anchors: punctuation gone, letters of any script kept, repeats numbered", () => {
    const { anchors } = readDocument(
      "a.md",
      '# 标记: what\'s `a_b` — *new*?\n\n## Part 1\n\n## Part 1\n\n<a id="own"></a>',
    );

    expect(anchors).toEqual(["标记-whats-a_b--new", "part-1", "part-1-1", "own"]);
  });

  test("finds links and pictures in Markdown and in HTML, but none in code", () => {
    const { links, pictures } = readDocument(
      "a.md",
      '[a](x.md) `[b](y.md)` [![alt](i.png)](z.md)\n\n<p><a href="w.md"><img src="j.png" alt="of it"></a></p>\n\n```\n[c](v.md)\n```\n',
    );

    expect(links).toEqual(["x.md", "z.md", "w.md"]);
    expect(pictures).toEqual([
      { source: "i.png", alt: "alt" },
      { source: "j.png", alt: "of it" },
    ]);
  });
});
