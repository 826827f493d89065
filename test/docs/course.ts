import type { Document, Table } from "./document.ts";

/** One chapter as a course table states it, each cell as its Markdown. */
export type Chapter = Readonly<Record<string, string>>;

/** The chapters of every table that has these columns, in order; rows without a number name a part. */
export function chapters(document: Document): readonly Chapter[] {
  return courseTables(document).flatMap(({ columns, rows }) =>
    rows
      .filter(([number]) => number !== "")
      .map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? ""]))),
  );
}

/** The names of the course's parts: headings above tables, or rows without a number. */
export function parts(document: Document): readonly string[] {
  return courseTables(document).flatMap(({ under, rows }) => {
    const named = rows.filter(([number]) => number === "").map(([, name = ""]) => name);
    return named.length > 0 ? named.map((name) => name.replaceAll("**", "")) : [under];
  });
}

/** Chapters whose row contradicts the notebooks, the numbers before it, or itself. */
export function badChapters(
  document: Document,
  exists: (path: string) => boolean,
): readonly string[] {
  return chapters(document)
    .flatMap((row, i) => {
      const number = String(i).padStart(2, "0");
      const slug = (row.chapter ?? "").replace(/^\[(.*)\]\(.*\)$/, "$1");
      const notebook = `notebooks/${number}-${slug}.ipynb`;
      const found: string[] = [];
      if (row["#"] !== number) found.push(`${row["#"]} stands where ${number} belongs`);
      if (Object.values(row).some((cell) => cell === ""))
        found.push(`${number} has an empty field`);
      if (exists(notebook)) {
        if (row.chapter !== `[${slug}](${notebook})`)
          found.push(`${slug} has no link to ${notebook}`);
        if (!/^\d+$/.test(row.minutes ?? "")) found.push(`${slug} does not say its minutes`);
      } else {
        if (row.chapter !== slug) found.push(`${slug} links to a notebook that is not there`);
        if (row.minutes !== "to come") found.push(`${slug} is not marked "to come"`);
      }
      for (const needed of (row.needs ?? "–").split(", ")) {
        if (needed !== "–" && !(Number(needed) < i)) found.push(`${slug} needs ${needed}`);
      }
      return found;
    })
    .map((problem) => `${document.path}: ${problem}`);
}

function courseTables(document: Document): readonly Table[] {
  return document.tables.filter(({ columns }) => columns.includes("the question"));
}
