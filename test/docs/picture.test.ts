import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { root } from "../architecture/source-files.ts";
import { documents } from "./project.ts";

/** Width and height from the header of a PNG. */
function sizeOf(png: Buffer): { width: number; height: number } {
  expect(png.toString("latin1", 1, 4)).toBe("PNG");
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

describe("the picture in README.md", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "picture-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("is what its script draws, and its alt text is what the script says of it", async () => {
    const [picture] = documents().find(({ path }) => path === "README.md")?.pictures ?? [];
    const committed = join(root, picture?.source ?? "");
    const drawn = join(folder, "again.png");
    const script = committed.replace(/png$/, "mjs");
    const { stdout } = await promisify(execFile)(process.execPath, [script, drawn]);

    expect(picture?.alt).toBe(stdout.trim());
    // Not byte by byte: another processor may round the edge of a letter differently.
    expect(sizeOf(readFileSync(committed))).toEqual(sizeOf(readFileSync(drawn)));
  });
});
