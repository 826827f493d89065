import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import { packageRoot } from "../../src/core/package-root.ts";
import { KernelClient } from "../../src/kernel/client.ts";
import type { Output } from "../../src/kernel/outputs.ts";

const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
let client: KernelClient;

// A stock tslab, as somebody installs it by hand, in the notebooks' folder: there it finds the package.
beforeAll(async () => {
  client = await KernelClient.start({
    command: [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"],
    folder: join(packageRoot(), "notebooks"),
    environment: { CI: "" },
  });
  await outputs(`import { show } from "glassbox/notebook/show";
import { liveChart } from "glassbox/notebook/live";
import { input } from "glassbox/notebook/input";
import { bars } from "glassbox/plot/bars";`);
}, 60_000);

afterAll(() => client.kill());

async function outputs(code: string): Promise<readonly Output[]> {
  const { status, outputs: shown } = await client.execute(code);
  expect([
    status,
    shown.flatMap((output) =>
      output.type === "stream" && output.name === "stderr" ? [output.text] : [],
    ),
  ]).toEqual(["ok", []]);
  return shown;
}

test("after the first import 20,000 lines arrive, in order, and the next cell runs", async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${String(i)}\n`).join("");

  expect(await outputs("for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);")).toEqual([
    { type: "stream", name: "stdout", text: lines },
  ]);
  expect(await outputs('console.log("alive")')).toEqual([
    { type: "stream", name: "stdout", text: "alive\n" },
  ]);
});

test("a chart is one output with all its representations, in order with what is printed", async () => {
  const shown = await outputs(`console.log("before");
await show(bars({ cat: 3, dog: 5 }, { value: "count", label: "word" }));
console.log("after");`);

  expect(shown.map((output) => (output.type === "stream" ? output.text : output.type))).toEqual([
    "before\n",
    "display_data",
    "after\n",
  ]);
  const [, chart] = shown;
  expect(chart?.type === "display_data" ? Object.keys(chart.data) : []).toEqual([
    "application/vnd.vegalite.v5+json",
    "text/plain",
    "image/png",
  ]);
});

test("a live chart stays one output and ends with its picture", async () => {
  const shown = await outputs(`const live = liveChart();
for (let i = 1; i < 60; i++) {
  live.update(bars({ cat: i }, { value: "count", label: "word", title: "Cats: " + i }));
  await new Promise((resolve) => setTimeout(resolve, 10));
}
await live.done();`);

  expect(shown).toHaveLength(1);
  const [chart] = shown;
  const data = chart?.type === "display_data" ? chart.data : {};
  expect(data["text/plain"]).toContain("Cats: 59");
  expect(data).toHaveProperty("image/png");
});

test("a question is refused with the reason, and can be looked at before", async () => {
  const [text] = await outputs(
    "console.log(input.available); await input('Your name?').catch((error) => console.log(String(error)));",
  );

  expect(text?.type === "stream" ? text.text : "").toBe(
    "false\nConfigError: input: expected a kernel that can ask, got stock tslab, which cannot ask; start the course with `npm run lab`, or look at input.available first\n",
  );
});

test("a cell that prints without end is cut off with a notice", async () => {
  const [text] = await outputs(
    'const row = "x".repeat(1000); for (let i = 0; i < 20_000; i++) console.log(row);',
  );
  const all = text?.type === "stream" ? text.text : "";

  expect(all.length).toBeLessThan(8_000_200);
  expect(all.endsWith("\n[output stopped here: this cell printed more than 8 MB]\n")).toBe(true);
});
