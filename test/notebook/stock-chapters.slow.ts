import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, test } from "vitest";

import { packageRoot } from "../../src/core/package-root.ts";
import { KernelClient } from "../../src/kernel/client.ts";
import { hasTag } from "../../src/notebook-files/file.ts";
import type { Notebook } from "../../src/notebook-files/notebook.ts";

const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
const folder = join(packageRoot(), "notebooks");

/** Milliseconds in which stock tslab throws away what comes after an error. */
const DEAF = 250;

const chapters = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

test.each(chapters)("%s runs under stock tslab as well", async (name) => {
  const notebook = JSON.parse(readFileSync(join(folder, name), "utf8")) as Notebook;
  const client = await KernelClient.start({
    command: [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"],
    folder,
    environment: { CI: "true" },
  });
  const surprises: string[] = [];
  try {
    for (const [i, cell] of notebook.cells.entries()) {
      if (cell.cell_type !== "code") continue;
      const { status, outputs } = await client.execute([cell.source].flat().join(""));
      const expected = hasTag(cell, "raises-exception") ? "error" : "ok";
      const complaints = outputs.filter((o) => o.type === "stream" && o.name === "stderr");
      if (status !== expected || (expected === "ok" && complaints.length > 0)) {
        surprises.push(`cell ${i + 1}: ${status} ${JSON.stringify(complaints)}`);
      }
      if (status === "error") await sleep(DEAF);
    }
  } finally {
    await client.kill();
  }
  expect(surprises).toEqual([]);
});
