/**
 * What lines of attention say in words: for each head, what each word looks at most.
 *
 * Source:  https://www.w3.org/WAI/tutorials/images/complex
 * Chapter: notebooks/08-attention.ipynb
 */
import { count, say } from "./numbers.ts";

/** Up to so many words, each says what it looks at most; of longer texts the strongest are told. */
const FEW = 12;
const STRONGEST = 5;

/** The alt text of lines between visible words. */
export function attentionLinesAlt(
  title: string,
  words: readonly string[],
  heads: readonly (readonly (readonly number[])[])[],
  {
    headNames,
    start,
  }: { readonly headNames: readonly string[]; readonly start: number | undefined },
): string {
  const told = heads.map((rows, h) => {
    const pairs = rows.map((row, from) => {
      const most = Math.max(...row);
      return {
        from,
        most,
        text: `${words[from] ?? ""} → ${words[row.indexOf(most)] ?? ""} ${say(most)}`,
      };
    });
    const shown =
      start !== undefined
        ? pairs.filter(({ from }) => from === start)
        : words.length <= FEW
          ? pairs
          : [...pairs].sort((a, b) => b.most - a.most).slice(0, STRONGEST);
    return `${headNames[h] ?? ""}: ${shown.map(({ text }) => text).join(", ")}.`;
  });
  const chosen =
    start === undefined
      ? ""
      : ` Shown: the lines of “${words[start] ?? ""}”, word ${String(start)}.`;
  return `Lines of attention: ${title}. ${count(words.length, "word")}, ${count(heads.length, "head")}.${chosen} What each looks at most, ${told.join(" ")} A click on a word of the left column keeps its lines.`;
}
