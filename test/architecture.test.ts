import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { cellSpecifier, unreadableTypes } from "./architecture/cell-types.ts";
import {
  badHabits,
  badHeader,
  badNames,
  cycles,
  forbiddenImports,
  forbiddenPackages,
  undocumentedExports,
} from "./architecture/rules.ts";
import { parse, root, sourceFiles } from "./architecture/source-files.ts";
import { mayImport, ownedPackages } from "./architecture/table.ts";

const files = sourceFiles(["src", "datasets"]);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const notebookExists = (path: string): boolean => existsSync(join(root, path));

test("the sources are found: core among them", () => {
  expect(files.map(({ path }) => path)).toContain("src/core/errors.ts");
});

describe("who may import whom", () => {
  test("every import stays within the table", () => {
    expect(files.flatMap((file) => forbiddenImports(file, mayImport))).toEqual([]);
  });

  test("an import against the table is seen, also of a type and by import()", () => {
    const file = parse(
      "src/core/shape.ts",
      'import { f } from "../nn/linear.ts";\ntype T = import("../plot/chart.ts").T;\nvoid import("../text/bytes.ts");',
    );

    expect(forbiddenImports(file, mayImport)).toEqual([
      "src/core/shape.ts: core may not import nn/linear.ts",
      "src/core/shape.ts: core may not import plot/chart.ts",
      "src/core/shape.ts: core may not import text/bytes.ts",
    ]);
  });

  test("an entry for one file or one subfolder opens no other", () => {
    const text =
      'import "../kernel/contract.ts"; import "../kernel/client.ts"; import "../core/a.ts";';
    const ops = 'import "../jit/kernels/pointwise.ts"; import "../jit/trace.ts";';

    expect(forbiddenImports(parse("src/notebook/show.ts", text), mayImport)).toEqual([
      "src/notebook/show.ts: notebook may not import kernel/client.ts",
    ]);
    expect(forbiddenImports(parse("src/ops/adam-w.ts", ops), mayImport)).toEqual([
      "src/ops/adam-w.ts: ops may not import jit/trace.ts",
    ]);
  });

  test("datasets reach core across the root, and nothing of the models", () => {
    const text = 'import "../../src/core/errors.ts"; import "../../src/models/gpt.ts";';

    expect(forbiddenImports(parse("datasets/town/people.ts", text), mayImport)).toEqual([
      "datasets/town/people.ts: datasets may not import models/gpt.ts",
    ]);
  });

  test("a folder that the table does not know is seen", () => {
    expect(forbiddenImports(parse("src/vision/conv.ts", ""), mayImport)).toEqual([
      "src/vision/conv.ts: folder vision is not in the table",
    ]);
  });

  test("every package imported is a dependency, and of the right folder", () => {
    expect(files.flatMap((file) => forbiddenPackages(file, manifest, ownedPackages))).toEqual([]);
  });

  test("a missing dependency, a tool imported at start and another's package are seen", () => {
    const text =
      'import "left-pad"; import "fs"; import "prettier"; void import("prettier"); import type { A } from "prettier"; import "zeromq"; import "vega/x";';

    expect(forbiddenPackages(parse("src/plot/bars.ts", text), manifest, ownedPackages)).toEqual([
      "src/plot/bars.ts: left-pad is neither node:… nor a dependency in package.json",
      "src/plot/bars.ts: fs is neither node:… nor a dependency in package.json",
      "src/plot/bars.ts: prettier is neither node:… nor a dependency in package.json",
      "src/plot/bars.ts: only kernel may import zeromq",
    ]);
  });

  test("no files import one another in a ring", () => {
    expect(cycles(files)).toEqual([]);
  });

  test("a ring is seen, also one of types behind a file outside of it", () => {
    const ring = [
      parse("src/nn/start.ts", 'import "./a.ts";'),
      parse("src/nn/a.ts", 'import "./b.ts";'),
      parse("src/nn/b.ts", 'import type { A } from "./a.ts";'),
    ];

    expect(cycles(ring)).toEqual(["src/nn/a.ts -> src/nn/b.ts -> src/nn/a.ts"]);
    expect(cycles(ring.slice(0, 2))).toEqual([]);
  });
});

describe("the form of a file", () => {
  test("names are kebab-case nouns, imports end in .ts, no barrels", () => {
    expect(files.flatMap(badNames)).toEqual([]);
  });

  test("barrels, utils, other cases and imports without .ts are seen", () => {
    const text = 'import "./a"; import "./b.js"; export { c } from "./c.ts"; export { local };';

    expect(badNames(parse("src/nn/utils/index.ts", text))).toEqual([
      "src/nn/utils/index.ts: utils says nothing",
      "src/nn/utils/index.ts: a folder has no index.ts: import the file that is meant",
      'src/nn/utils/index.ts: import "./a" must end in .ts',
      'src/nn/utils/index.ts: import "./b.js" must end in .ts',
      "src/nn/utils/index.ts: export … from makes a barrel: import from the file that has the name",
    ]);
    expect(badNames(parse("src/nn/layerNorm.ts", ""))).toEqual([
      "src/nn/layerNorm.ts: layerNorm is not kebab-case",
    ]);
  });

  test("every header has its sentence, its source and its chapter", () => {
    expect(files.flatMap((file) => badHeader(file, notebookExists))).toEqual([]);
  });

  test("a missing header, a missing line and a chapter that is not there are seen", () => {
    const bare = parse("src/nn/a.ts", "/** A sentence. */\nexport {};\n");
    const short = parse("src/nn/b.ts", "/**\n * layers of a network\n *\n * Axes: B\n */\n");
    const lost = parse(
      "src/nn/c.ts",
      "/**\n * A layer.\n *\n * Source:  a paper\n * Chapter: notebooks/99-none.ipynb, 08\n */\n",
    );

    expect(badHeader(bare, () => true)).toEqual(["src/nn/a.ts: begins without a header comment"]);
    expect(badHeader(short, () => true)).toEqual([
      "src/nn/b.ts: header has no first sentence with an empty line after",
      'src/nn/b.ts: header has no "Source:  …" line',
      'src/nn/b.ts: header has no "Chapter: notebooks/…" line',
    ]);
    expect(badHeader(lost, () => false)).toEqual([
      "src/nn/c.ts: notebooks/99-none.ipynb does not exist",
      'src/nn/c.ts: "08" is no chapter\'s path',
    ]);
  });

  test("every exported function, class and constant has a doc comment", () => {
    expect(files.flatMap(undocumentedExports)).toEqual([]);
  });

  test("exports without a doc comment, or with one that is no sentence, are seen", () => {
    const file = parse(
      "src/nn/a.ts",
      "export const rate = 1;\n/** todo */\nexport function f(): void {}\n// Note.\nexport class K {}\nfunction inner(): void {}\n/** Documented. */\nexport const fine = 2;\n/** Forms. */\nexport function g(x: string): void;\nexport function g(x: number): void;\nexport function g(): void {}",
    );

    expect(undocumentedExports(file)).toEqual([
      "src/nn/a.ts: rate has no doc comment that begins with a sentence",
      "src/nn/a.ts: f has no doc comment that begins with a sentence",
      "src/nn/a.ts: K has no doc comment that begins with a sentence",
    ]);
  });

  test("no console, no Math.random, no file too long to read at once", () => {
    expect(files.flatMap(badHabits)).toEqual([]);
  });

  test("console, Math.random and 321 lines are seen, but not in a comment or a string", () => {
    const file = parse(
      "src/nn/a.ts",
      `// console.log, Math.random\nconst text = "console.log";\nconsole.warn(text, Math.random());console.clear = f;${"\nf();".repeat(318)}\n`,
    );

    expect(badHabits(file)).toEqual([
      "src/nn/a.ts: console.warn: return it, or throw",
      "src/nn/a.ts: Math.random: randomness takes a seed",
      "src/nn/a.ts: 321 lines, at most 320: it holds two ideas",
    ]);
  });
});

describe("what a cell sees of the types (TypeScript 5.0.4)", () => {
  test("every exported type reads, and none turns into any", () => {
    expect(unreadableTypes(files)).toEqual([]);
  }, 120_000); // a whole compilation

  test("types of later compilers and lost types are seen", () => {
    const bad = parse(
      "src/core/bad.ts",
      [
        "export declare const floats: Float32Array<ArrayBuffer>;",
        'export declare function lost(): import("./nowhere.ts").Lost;',
        "export declare const said: any;",
        'export type { Interrupted } from "./interrupt.ts";',
      ].join("\n"),
    );
    const interrupt = files.filter(({ path }) => path === "src/core/interrupt.ts");

    expect(unreadableTypes([bad, ...interrupt])).toEqual([
      "dist/src/core/bad.d.ts: Type 'Float32Array' is not generic.",
      "dist/src/core/bad.d.ts: Cannot find module './nowhere.ts' or its corresponding type declarations.",
      'dist/src/core/bad.d.ts: a cell sees "Float32Array<ArrayBuffer>" as any',
      'dist/src/core/bad.d.ts: a cell sees "import("./nowhere.ts").Lost" as any',
    ]);
  });

  test("a module is imported by the name that readers write", () => {
    expect(cellSpecifier("src/nn/attention.ts")).toBe("glassbox/nn/attention");
    expect(cellSpecifier("datasets/moby-dick/chapters.ts")).toBe(
      "glassbox/datasets/moby-dick/chapters",
    );
  });
});
