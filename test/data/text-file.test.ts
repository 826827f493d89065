import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { readText, textNames } from "../../src/data/text-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "text-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("a file is named by its last part, and a byte order mark is no part of its text", async () => {
  const path = file("tale.txt", "\ufeffEs war einmal 你\r\n");

  expect(await readText(path)).toEqual({ name: "tale.txt", text: "Es war einmal 你\r\n" });
});

test("texts that are at hand have a name", async () => {
  expect(textNames).toEqual(["moby-dick", "sotu", "tiny-shakespeare", "town"]);
  const [whale, town] = [await readText("moby-dick"), await readText("town")];

  expect(whale.name).toBe("moby-dick");
  expect(whale.text.startsWith("Call me Ishmael.")).toBe(true);
  // A statement and a story in turns, 5,000 of each.
  expect(town.text.split("\n")).toHaveLength(10_001);
  expect(await readText("town")).toEqual(town);
});

test("a name that objects have by themselves is a file like any other", async () => {
  await expect(readText("constructor")).rejects.toThrow(/^constructor: expected a text file/);
});

test.each([
  ["alone", [0x61, 0xff], "the byte FF after 1 good ones"],
  ["behind a character of two bytes", [0x61, 0xc3, 0xa4, 0xff], "the byte FF after 3 good ones"],
  ["between good ones", [0xc3, 0xa4, 0xe4, 0x20, 0x21], "the byte E4 after 2 good ones"],
  ["a character cut off at the end", [0x61, 0xe2, 0x82], "the byte E2 after 1 good ones"],
  ["a surrogate", [0x61, 0x62, 0xed, 0xa0, 0x80], "the byte ED after 2 good ones"],
  ["UTF-16", [0xff, 0xfe, 0x61, 0x00], "UTF-16"],
])("bytes that are no UTF-8 are refused where they stand: %s", async (_, bytes, found) => {
  const path = file("bad.txt", Uint8Array.from(bytes));

  await expect(readText(path)).rejects.toThrow(
    `${path}: expected text in UTF-8, got ${found}; convert it, as iconv does`,
  );
});

test("a folder, an empty file and one that is not there are refused", async () => {
  const empty = file("empty.txt", "");
  const missing = join(folder, "missing.txt");

  await expect(readText(folder)).rejects.toThrow(
    `${folder}: expected a text file in UTF-8, got a folder; join its texts into one file`,
  );
  await expect(readText(empty)).rejects.toThrow(
    `${empty}: expected text to learn from, got an empty file; name another`,
  );
  await expect(readText(missing)).rejects.toThrow(
    `${missing}: expected a text file that can be read, or one of moby-dick, sotu, tiny-shakespeare, town, got "ENOENT: no such file or directory, stat '${missing}'"; look at its spelling`,
  );
  await expect(readText("twon")).rejects.toThrow(/; did you mean town\?$/);
});
