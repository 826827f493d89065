/**
 * Text into ids: ours beside gpt-tokenizer, cold and warm.
 *
 * Cold is a tokenizer that was just made and has seen no text; warm is one that has encoded this very text
 * before, so that both have their pieces in memory. Making the tokenizer is not timed. Special tokens in the text are plain
 * text for both.
 *
 * Source:  https://www.npmjs.com/package/gpt-tokenizer
 * Chapter: notebooks/01-tokens.ipynb
 */
import type { PublishedName } from "../text/published.ts";
import { readPublished } from "../text/published.ts";
import { secondsOf } from "./rounds.ts";
import type { Side } from "./rounds.ts";
import { megabytes } from "./texts.ts";
import type { Work } from "./works.ts";

/** Text into ids, by some tokenizer. */
export type Encode = (text: string) => number[];

/** What is encoded, with which vocabulary. */
export interface EncodingWork {
  /** Of the text: "Moby-Dick". */
  readonly title: string;
  readonly text: () => string;
  readonly vocabulary: Exclude<PublishedName, "o200k_base">;
  readonly seconds: number;
}

/** Encoding one text cold and warm, as two pieces of work for both sides. */
export function encodingWorks({ title, text, vocabulary, seconds }: EncodingWork): readonly Work[] {
  const makeOurs = (): Encode => {
    const tokenizer = readPublished(vocabulary);
    return (all) => tokenizer.encode(all);
  };
  const work = (state: "cold" | "warm"): Work => ({
    name: `encode ${title}, ${vocabulary}, ${state}`,
    seconds,
    async prepare() {
      const all = text();
      const makeTheirs = await theirs(vocabulary);
      const [a, b] = [makeOurs(), makeTheirs()];
      const finding = compareIds(a(all), b(all));
      return {
        amount: megabytes([all]),
        unit: "MB",
        ours: encodingSide("glassbox", makeOurs, {
          warm: state === "warm" ? a : undefined,
          text: all,
        }),
        theirs: encodingSide("gpt-tokenizer", makeTheirs, {
          warm: state === "warm" ? b : undefined,
          text: all,
        }),
        findings: state === "cold" ? [finding] : [],
      };
    },
  });
  return [work("cold"), work("warm")];
}

/** One side: each round takes the `warm` tokenizer, or makes a fresh one before the clock starts. */
export function encodingSide(
  name: string,
  make: () => Encode,
  { warm, text }: { readonly warm: Encode | undefined; readonly text: string },
): Side {
  return {
    name,
    round: () => {
      const encode = warm ?? make();
      return secondsOf(() => encode(text));
    },
  };
}

/** Makes a tokenizer of gpt-tokenizer each time; its ranks are loaded once. */
async function theirs(vocabulary: "gpt2" | "cl100k_base"): Promise<() => Encode> {
  const { GptEncoding } = await import("gpt-tokenizer/GptEncoding");
  const { default: ranks } =
    vocabulary === "gpt2"
      ? await import("gpt-tokenizer/bpeRanks/r50k_base")
      : await import("gpt-tokenizer/bpeRanks/cl100k_base");
  const name = vocabulary === "gpt2" ? "r50k_base" : vocabulary;
  return () => {
    const encoding = GptEncoding.getEncodingApi(name, () => ranks);
    // Nothing is disallowed: it looks for no special token, as ours does not.
    const plain = { disallowedSpecial: new Set<string>() };
    return (text) => encoding.encode(text, plain);
  };
}

/** Says whether both gave the same ids, and if not, where they part. */
export function compareIds(ours: readonly number[], theirs: readonly number[]): string {
  const first = ours.findIndex((id, i) => id !== theirs[i]);
  if (first === -1 && ours.length === theirs.length) {
    return `all ${ours.length.toLocaleString("en-US")} ids are the same`;
  }
  const place = first === -1 ? ours.length : first;
  return `${ours.length} and ${theirs.length} ids, the first that differs is number ${place + 1}`;
}
