import { createHash } from "node:crypto";
import { expect, test } from "vitest";

import { renderPng } from "../../src/notebook/render.ts";
import { bars } from "../../src/plot/bars.ts";
import type { Chart } from "../../src/plot/chart.ts";
import { heatmap } from "../../src/plot/heatmap.ts";
import { line } from "../../src/plot/line.ts";
import { scatter } from "../../src/plot/scatter.ts";
import { tokenStrip } from "../../src/plot/tokens.ts";
import { pixels } from "./pixels.ts";

const axes = { x: "step", y: "loss" };
const wave = Array.from(
  { length: 300 },
  (_, i) => 2 + 2 * Math.exp(-i / 60) + 0.06 * Math.sin(i * i),
);
const words = Array.from(
  { length: 12 },
  (_, i) => ["whale", "sea", "ship", "captain"][i % 4] ?? "",
);

/** A chart that is one large text and nothing else. */
function lettering(text: string): Chart {
  return {
    spec: {
      data: { values: [{}] },
      width: 100,
      height: 40,
      mark: { type: "text", fontSize: 24 },
      encoding: { text: { value: text } },
      config: { view: { stroke: null } },
    },
    alt: text,
  };
}

async function inkOf(text: string): Promise<string> {
  const { rgb, width, height } = pixels((await renderPng(lettering(text))).png);
  return `${String(width)}x${String(height)} ${createHash("sha256").update(rgb).digest("hex")}`;
}

test("a picture has two pixels for each of the page, and can be decoded", async () => {
  const { png, width, height } = await renderPng(
    bars({ cat: 3, dog: 5 }, { value: "count", label: "word" }),
  );
  const decoded = pixels(png);

  expect([decoded.width, decoded.height]).toEqual([2 * width, 2 * height]);
  expect(width).toBeGreaterThan(480);
  expect(width).toBeLessThan(600);
});

test("Chinese letters are letters, without any font of the machine", async () => {
  // Code points for private use: no font has them, so each is drawn as the box for a missing letter.
  const missing = await inkOf("\u{F0000}\u{F0001}");
  const boxes = await inkOf("\u{F0002}\u{F0003}");

  expect(boxes).toBe(missing);
  expect(await inkOf("标记")).not.toBe(await inkOf("词元"));
  expect(await inkOf("标记")).not.toBe(missing);
  expect(await inkOf("Ab")).not.toBe(await inkOf("Cd"));
});

test("letters beyond Latin and Chinese that charts use are drawn", async () => {
  const missing = await inkOf("\u{F0000}");
  for (const sign of ["✓", "→", "␣", "⏎", "⇥", "≤", "√", "α", "−", "…", "“"])
    expect(await inkOf(sign), sign).not.toBe(missing);
});

test("a chart gives the same bytes each time, also when another is drawn at once with another font", async () => {
  const names = ["m".repeat(40), "whale"];
  const of = (title: string) =>
    bars(
      names.map((name, i) => [name, i + 1] as const),
      { title, value: "count", label: "word" },
    );
  const alone = [await renderPng(of("Counts")), await renderPng(of("计数"))];
  const together = await Promise.all(
    [of("Counts"), of("计数"), of("Counts"), of("计数")].map(renderPng),
  );

  together.forEach(({ png }, i) =>
    expect(Buffer.from(png).equals(alone[i % 2]?.png ?? Buffer.of())).toBe(true),
  );
});

test.each<[string, Chart]>([
  ["line", line({ name: "train", y: wave }, axes)],
  [
    "thirty bars",
    bars(
      Array.from({ length: 30 }, (_, i) => [`word${String(i)}`, 1000 - i] as const),
      { value: "count", label: "word" },
    ),
  ],
  [
    "map of sixty",
    scatter(
      Array.from({ length: 60 }, (_, i) => ({
        label: words[i % 12] ?? "",
        x: Math.sin(i * 7),
        y: Math.cos(i * 3),
      })),
      axes,
    ),
  ],
  [
    "heat map of six",
    heatmap(
      words
        .slice(0, 6)
        .map((_, r) => words.slice(0, 6).map((_w, c) => Math.abs(Math.sin(r * 6 + c)))),
      { rows: words.slice(0, 6), value: "weight" },
    ),
  ],
  [
    "strip of forty",
    tokenStrip(
      Array.from({ length: 40 }, (_, i) => words[i % 12] ?? ""),
      wave.slice(0, 40),
      { value: "loss" },
    ),
  ],
])("an ordinary %s takes at most 40 kB", async (_, chart) => {
  expect((await renderPng(chart)).png.length).toBeLessThanOrEqual(40_000);
});
