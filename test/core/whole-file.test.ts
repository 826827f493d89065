import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { replaceFile } from "../../src/core/whole-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whole-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the file holds the new text, and nothing stands beside it", () => {
  const path = join(folder, "a");
  writeFileSync(path, "old");
  replaceFile(path, "new");
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["a"]);
});

test("what cannot be replaced throws, and nothing is left beside it", () => {
  const path = join(folder, "a");
  mkdirSync(join(path, "full"), { recursive: true });
  expect(() => replaceFile(path, "new")).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readdirSync(folder)).toEqual(["a"]);
});
