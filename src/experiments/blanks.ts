/**
 * Real sentences with a hidden word: what does looking gain over a plain average?
 *
 * In each sentence of the presidents one word is covered by "?". A layer guesses it from an even mix of the sentence,
 * from a mix by content alone, or by content and place. All three have the same number of weights.
 *
 * Source:  Taylor (1953), on cloze, https://doi.org/10.1177/107769905303000401
 * Chapter: notebooks/08-attention.ipynb
 */
import { speechesText } from "../../datasets/sotu/speeches.ts";
import { useEngine } from "../backend/engine.ts";
import { Random } from "../core/random.ts";
import { sentencesOf, wordCorpus } from "../text/words.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { Looker, rightAnswers, type Example, type LookerConfig } from "./looking.ts";

/** Words of the vocabulary; a rarer word is written as OTHER. */
const COMMON = 600;
/** Words of a sentence. */
const SHORTEST = 6;
const LONGEST = 16;
/** Sentences kept for tests: about one in eight. */
const TESTS = 2000;

/** What stands for the hidden word. */
export const HIDDEN = "?";
/** What stands for a rare word. */
export const OTHER = "…";

const STEPS = 1000;
const BATCH = 64;
const RATE = 0.005;

/** Sentences of the speeches, rare words left out, and the vocabulary. */
export interface BlankText {
  readonly vocabulary: readonly string[];
  readonly train: readonly (readonly string[])[];
  readonly test: readonly (readonly string[])[];
}

/** All sentences of 6 to 16 words, dealt into two parts by the seed. */
export function blankText({ seed }: { readonly seed: number }): BlankText {
  const fits = ({ length }: readonly string[]): boolean => length >= SHORTEST && length <= LONGEST;
  const sentences = sentencesOf(speechesText()).filter(fits);
  const common = wordCorpus(sentences).words.slice(0, COMMON);
  const known = new Set(common);
  const dealt = new Random(seed)
    .shuffle(sentences)
    .map((words) => words.map((word) => (known.has(word) ? word : OTHER)));
  return {
    vocabulary: [...common, OTHER, HIDDEN, "."],
    train: dealt.slice(TESTS),
    test: dealt.slice(0, TESTS),
  };
}

/** `count` examples: a sentence drawn, one of its words hidden and asked for; a rare word never is. */
export function hideWords(
  sentences: readonly (readonly string[])[],
  { count, seed }: { readonly count: number; readonly seed: number },
): Example[] {
  const random = new Random(seed);
  const examples: Example[] = [];
  while (examples.length < count) {
    const words = sentences[random.integer(sentences.length)] as readonly string[];
    const at = random.integer(words.length);
    if (words[at] === OTHER) continue;
    examples.push({
      words: words.map((word, t) => (t === at ? HIDDEN : word)),
      answers: words.map((word, t) => (t === at ? word : undefined)),
    });
  }
  return examples;
}

/** A layer of four heads that is still to be trained, and its training: about 8 seconds on two idle cores. */
export function blankLooker(
  { vocabulary, train }: BlankText,
  {
    seed,
    signal,
    ...config
  }: Pick<LookerConfig, "seed" | "places" | "even"> & { readonly signal?: AbortSignal | undefined },
): { readonly looker: Looker; readonly training: ReturnType<Looker["train"]> } {
  const looker = new Looker({ words: vocabulary, channels: 64, heads: 4, seed, ...config });
  const examples = hideWords(train, { count: STEPS * BATCH, seed });
  return { looker, training: looker.train(examples, { rate: RATE, batch: BATCH, signal }) };
}

/** The part of 2,000 hidden words of new sentences that it finds. */
export function foundWords(
  looker: Looker,
  { test }: BlankText,
  { seed }: { readonly seed: number },
): number {
  return rightAnswers(looker, hideWords(test, { count: 2000, seed: seed + 1000 }));
}

/** The best answers for the hidden word of a text, the best first; words outside of the vocabulary are OTHER. */
export function guesses(
  looker: Looker,
  text: string,
  { count = 5 }: { readonly count?: number } = {},
): readonly string[] {
  const { words: vocabulary } = looker.config;
  const words = knownWords(looker, text);
  const logits = looker.logitsOf([words])[0]![words.indexOf(HIDDEN)] as readonly number[];
  return vocabulary
    .map((word, id) => ({ word, logit: logits[id] as number }))
    .sort((a, b) => b.logit - a.logit)
    .slice(0, count)
    .map(({ word }) => word);
}

/** The words of a text as the looker reads them. */
export function knownWords({ config }: Looker, text: string): readonly string[] {
  return text.split(" ").map((word) => (config.words.includes(word) ? word : OTHER));
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const text = blankText({ seed });
  const found: number[] = [];
  for (const config of [{ even: true }, { places: false }, {}]) {
    const { looker, training } = blankLooker(text, { seed, signal, ...config });
    while ((await training.next()).done !== true);
    found.push(foundWords(looker, text, { seed }));
    looker.dispose();
    onProgress?.(found.length / 3);
  }
  const [even = 0, content = 0, looking = 0] = found;
  return { even, content, looking };
}

const rate = { unit: "of 1", rate: true } as const;

/** Three ways to mix a sentence, trained alike, on the same hidden words. */
export const experiment: Experiment = {
  name: "blanks",
  chapter: "08",
  seconds: 11,
  values: {
    even: { says: "hidden words found from the plain average of the sentence", ...rate },
    content: { says: "hidden words found by attention without places", ...rate },
    looking: { says: "hidden words found by attention with places", ...rate },
  },
  run,
};
