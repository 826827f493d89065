import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

import { formatNotebook, notebooksBelow } from "../../src/notebook-files/file.ts";
import { root } from "../architecture/source-files.ts";

test("every notebook is in the project's form (npx glassbox notebooks format mends it)", async () => {
  const odd: string[] = [];
  for (const path of await notebooksBelow(join(root, "notebooks"))) {
    const text = await readFile(path, "utf8");
    if ((await formatNotebook(text, path)) !== text) odd.push(path.slice(root.length));
  }

  expect(odd).toEqual([]);
});
