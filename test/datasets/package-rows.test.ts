import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readRows } from "../../datasets/package-rows.ts";
import type { PackageRows } from "../../datasets/package-rows.ts";
import { DataError } from "../../src/core/errors.ts";

const rows: PackageRows<string> = {
  who: "poems",
  package: "@stdlib/datasets-poems",
  count: 2,
  form: "a title",
  parse: ({ title }) => (typeof title === "string" ? title : undefined),
};

describe("readRows", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "package-rows-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A file in a folder whose node_modules hold the package with that code. */
  function withPackage(name: string, code: string): string {
    const place = join(folder, name, "node_modules/@stdlib/datasets-poems");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "index.js"), code);
    return join(folder, name, "cell.js");
  }

  test("gives the package's rows in our form and in its order", () => {
    const from = withPackage("whole", 'module.exports = () => [{ title: "b" }, { title: "a" }];');

    expect(readRows(rows, from)).toEqual(["b", "a"]);
  });

  test("says which package is missing and what to run", () => {
    expect(() => readRows(rows, join(folder, "cell.js"))).toThrow(
      new DataError(
        "poems: expected the npm package @stdlib/datasets-poems, got \"Cannot find module '@stdlib/datasets-poems'\". Run: npm ci",
      ),
    );
  });

  test("passes on what a package says that cannot read its own files", () => {
    const from = withPackage("torn", 'module.exports = () => { throw new Error("no file 7"); };');

    expect(() => readRows(rows, from)).toThrow(
      new DataError(
        'poems: expected the npm package @stdlib/datasets-poems, got "no file 7". Run: npm ci',
      ),
    );
  });

  test("refuses a package with rows missing", () => {
    const from = withPackage("short", 'module.exports = () => [{ title: "a" }];');

    expect(() => readRows(rows, from)).toThrow(
      new DataError("poems: expected 2 rows in @stdlib/datasets-poems, got 1. Run: npm ci"),
    );
  });

  test("refuses a package that gives something else than rows", () => {
    const from = withPackage("odd", 'module.exports = () => "ab";');

    expect(() => readRows(rows, from)).toThrow(
      new DataError("poems: expected 2 rows in @stdlib/datasets-poems, got string. Run: npm ci"),
    );
  });

  test("names the first row of another form, also where a row is no object", () => {
    const other = withPackage("other", 'module.exports = () => [{ title: "a" }, { name: "b" }];');
    const nothing = withPackage("nothing", "module.exports = () => [null, undefined];");

    expect(() => readRows(rows, other)).toThrow(
      new DataError(
        "poems: expected rows with a title in @stdlib/datasets-poems, got row 2 without. Run: npm ci",
      ),
    );
    expect(() => readRows(rows, nothing)).toThrow(
      new DataError(
        "poems: expected rows with a title in @stdlib/datasets-poems, got row 1 without. Run: npm ci",
      ),
    );
  });
});
