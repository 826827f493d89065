import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { tinyShakespeare, tinyShakespeareFile } from "../../../datasets/tiny-shakespeare/text.ts";
import { DataError } from "../../../src/core/errors.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shakespeare-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("tinyShakespeare", () => {
  test("refuses another text in its place, by its size, and asks nobody", async () => {
    mkdirSync(join(folder, "tiny-shakespeare"));
    const path = join(folder, "tiny-shakespeare/input.txt");
    writeFileSync(path, "To be, or not to be");

    await expect(tinyShakespeare({ folder })).rejects.toThrow(
      new DataError(
        `download: expected 1115394 bytes, got 19 in ${path}. Delete that file and run this again`,
      ),
    );
  });

  test("asks for the size and the checksum that its README states", () => {
    const readme = readFileSync(
      new URL("../../../datasets/tiny-shakespeare/README.md", import.meta.url),
      "utf8",
    );
    const { bytes, sha256, file } = tinyShakespeareFile;

    expect(readme).toContain(`| ${bytes.toLocaleString("en")} |`);
    expect(readme).toContain(`| \`${sha256}\` |`);
    expect(readme).toContain(`\`.cache/${file}\``);
  });
});
