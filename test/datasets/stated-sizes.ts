import { readFileSync } from "node:fs";

/** The numbers in the size table of a data set's README, top to bottom. */
export function statedSizes(dataset: string): readonly number[] {
  const readme = readFileSync(
    new URL(`../../datasets/${dataset}/README.md`, import.meta.url),
    "utf8",
  );
  return [...readme.matchAll(/\| ([\d,]+) \|$/gm)].map((row) =>
    Number(row[1]?.replaceAll(",", "")),
  );
}
