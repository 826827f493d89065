import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { namedExports } from "../../src/core/named-exports.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "exports-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const file = (name: string, text: string): void => writeFileSync(join(folder, name), text);

test("finds what exports the constant, by file name, with its file, and skips all others", async () => {
  file("b.js", 'export const thing = { name: "b", size: 2 };');
  file("a-b.js", 'export const thing = { name: "a-b", size: 1 };');
  file("shared.js", "export const other = 1;");
  file("b.js.map", "{}");
  file("c.d.ts", "export declare const thing: number;");
  file("notes.json", "{}");

  expect(await namedExports(folder, "thing")).toEqual([
    { value: { name: "a-b", size: 1 }, file: join(folder, "a-b.js") },
    { value: { name: "b", size: 2 }, file: join(folder, "b.js") },
  ]);
});

test("refuses one that is not named like its file", async () => {
  file("a.js", 'export const thing = { name: "b" };');

  await expect(namedExports(folder, "thing")).rejects.toThrow(
    new DataError(
      `${join(folder, "a.js")}: expected the name "a" in its thing, like the file, got "b"; rename one of them`,
    ),
  );
});
