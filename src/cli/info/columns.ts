/**
 * Rows of texts as columns: each as wide as its widest, two spaces between.
 *
 * Source:  https://pubs.opengroup.org/onlinepubs/9799919799/utilities/ls.html
 * Chapter: notebooks/13-pre-training.ipynb
 */

/** A line for each row, indented by two spaces; nothing for no rows. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  }
  return rows
    .map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i]!)).join("  ")}`.trimEnd() + "\n")
    .join("");
}
