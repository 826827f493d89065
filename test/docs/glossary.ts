import type { Document } from "./document.ts";

const COLUMNS = ["term", "中文", "in plain words", "chapter", "cell"];

/** Terms that are missing, and rows that are not complete or lead to a cell of another chapter. */
export function badGlossary(
  document: Document,
  required: readonly (readonly [string, string, string])[],
): readonly string[] {
  const table = document.tables.find(({ columns }) => columns[0] === "term");
  if (table?.columns.join() !== COLUMNS.join()) {
    return [`${document.path}: no glossary with the columns ${COLUMNS.join(", ")}`];
  }
  const rows = new Map(table.rows.map((row) => [row[0] ?? "", row]));
  const missing = required.flatMap(([term, chinese, chapters]) => {
    const row = rows.get(term);
    if (row === undefined) return [`"${term}" is missing`];
    const found: string[] = [];
    if (row[1] !== chinese) found.push(`"${term}" is ${chinese}, not ${row[1]}`);
    if (row[3] !== chapters) found.push(`"${term}" belongs to ${chapters}, not ${row[3]}`);
    return found;
  });
  return [
    ...missing,
    ...table.rows.flatMap(badRow),
    ...repeated(table.rows.map(([term]) => term)),
  ].map((problem) => `${document.path}: ${problem}`);
}

function badRow(row: readonly string[]): readonly string[] {
  const [term = "", chinese = "", sentence = "", chapters = "", cell = ""] = row;
  const found: string[] = [];
  if (row.some((field) => field.trim() === "")) found.push(`"${term}" has an empty field`);
  if (!/\p{Script=Han}/u.test(chinese) && !/[A-Z]{3}/.test(chinese)) {
    found.push(`"${term}" has no Chinese`);
  }
  if (!/^\S.*[.?!]$/.test(sentence)) found.push(`"${term}" is not explained by a sentence`);
  if (!/^\d\d(, \d\d)*$/.test(chapters)) found.push(`"${term}" names no chapters`);
  const chapter = /^\[.+\]\(notebooks\/(\d\d)-[a-z-]+\.ipynb#.+\)$/.exec(cell)?.[1];
  if (cell !== "not yet" && (chapter === undefined || !chapters.includes(chapter))) {
    found.push(`"${term}" has neither "not yet" nor a link into its chapter`);
  }
  return found;
}

function repeated(terms: readonly (string | undefined)[]): readonly string[] {
  return terms
    .filter((term, i) => terms.indexOf(term) < i)
    .map((term) => `"${term}" stands there twice`);
}
