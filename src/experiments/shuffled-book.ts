/**
 * Does a model that labels its own text learn from the order of the text? The same training on the same characters,
 * shuffled, must get stuck.
 *
 * Where nothing that came before says anything, the best guess is how common each character is, and the loss of that
 * guess is the entropy of the characters, −Σ p ln p.
 *
 * Source:  Shannon (1951), "Prediction and Entropy of Printed English", section 2
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { useEngine } from "../backend/engine.ts";
import { Random } from "../core/random.ts";
import type { Corpus } from "../data/split.ts";
import { bookByCharacters, smallTraining } from "./book-gpt.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { heldOutLoss } from "./small-run.ts";

/** Updates of each of the two runs. */
export const SHUFFLED_STEPS = 200;

/** Both parts of a text in random order. */
export function shuffledCorpus(
  { train, validation }: Corpus,
  { seed }: { readonly seed: number },
): Corpus {
  const random = new Random(seed);
  const inDisorder = (ids: Int32Array): Int32Array => Int32Array.from(random.shuffle([...ids]));
  return { train: inDisorder(train), validation: inDisorder(validation) };
}

/** Nats per token of the best guess that looks at nothing: −Σ p ln p over the ids. */
export function entropy(ids: Int32Array): number {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, n) => sum - (n / ids.length) * Math.log(n / ids.length),
    0,
  );
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const book = bookByCharacters();
  const { vocabulary } = book.tokenizer;
  const config = {
    ...smallTraining({ seed, steps: SHUFFLED_STEPS }),
    evaluateEvery: SHUFFLED_STEPS,
  };
  let done = 0;
  const onStep = (): void => onProgress?.(++done / (2 * SHUFFLED_STEPS));
  const options = { vocabulary, config, signal, onStep };
  const shuffled = shuffledCorpus(book, { seed });
  return {
    book: await heldOutLoss(book, options),
    shuffled: await heldOutLoss(shuffled, options),
    entropy: entropy(shuffled.validation),
  };
}

/** The small GPT reads Moby-Dick for 200 steps, and the same characters in random order. */
export const experiment: Experiment = {
  name: "shuffled-book",
  chapter: "13",
  seconds: 5,
  values: {
    book: { says: "loss on held-out text after 200 steps", unit: "nats per token" },
    shuffled: {
      says: "the same where both parts of the text are in random order",
      unit: "nats per token",
    },
    entropy: { says: "loss of knowing how common each character is", unit: "nats per token" },
  },
  run,
};
