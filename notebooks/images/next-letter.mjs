// Draws the picture of README.md: which letter follows which in Moby-Dick.
//
//     node notebooks/images/next-letter.mjs [FILE.png]
//
// Prints what the picture shows, in words. It needs the build: npm run setup.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mobyDickText } from "glassbox/datasets/moby-dick/chapters";
import { renderPng } from "glassbox/notebook/render";
import { heatmap } from "glassbox/plot/heatmap";

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const text = mobyDickText().toLowerCase();

const counts = letters.map(() => letters.map(() => 0));
for (let i = 1; i < text.length; i++) {
  const [from, to] = [letters.indexOf(text[i - 1]), letters.indexOf(text[i])];
  if (from >= 0 && to >= 0) counts[from][to] += 1;
}
const shares = counts.map((row) => {
  const all = row.reduce((sum, count) => sum + count, 0);
  return row.map((count) => count / all);
});

const chart = heatmap(shares, {
  title: "In Moby-Dick, after q comes u, and after v mostly e",
  rows: letters,
  rowName: "letter",
  columnName: "next letter",
  value: "share",
  // Few pairs come near 1: the darkest colour begins at a half, so that the others can be told apart.
  domain: [0, 0.5],
});
const { png } = await renderPng(chart);
writeFileSync(process.argv[2] ?? fileURLToPath(new URL("next-letter.png", import.meta.url)), png);
process.stdout.write(`${chart.alt}\n`);
