/**
 * Word vectors: our skip-gram beside gensim's, on the same sentences, settings and single thread.
 *
 * Two trainings never give the same vectors, not even two of one program with another seed. So the neighbours of
 * frequent words are compared, beside what two seeds of each program agree on, and beside a text whose words were
 * shuffled, where there is nothing to learn.
 *
 * Source:  https://radimrehurek.com/gensim/models/word2vec.html
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { speechesText } from "../../datasets/sotu/speeches.ts";
import { DataError } from "../core/errors.ts";
import { packageRoot } from "../core/package-root.ts";
import { Random } from "../core/random.ts";
import type { WordCorpus } from "../core/word-corpus.ts";
import { keepChances } from "../models/sub-sampling.ts";
import { parseWordVectors } from "../models/word-vector-file.ts";
import type { WordVectors } from "../models/word-vectors.ts";
import { Word2Vec } from "../models/word2vec.ts";
import { sentencesOf, wordCorpus } from "../text/words.ts";
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from "./benchmark.ts";
import { neighbourAgreement } from "./neighbour-agreement.ts";
import { PythonProcess } from "./python-process.ts";
import { referencePython } from "./reference-python.ts";
import { secondsOf, takeTurns, type SideTimes } from "./rounds.ts";

const CHANNELS = 100;
const MIN_COUNT = 5;
const settings = { window: 5, negatives: 5, sample: 1e-3, rate: 0.025, lastRate: 1e-4 } as const;
/** The same in gensim's words. */
const theirSettings = {
  vector_size: CHANNELS,
  min_count: MIN_COUNT,
  window: settings.window,
  negative: settings.negatives,
  sample: settings.sample,
  alpha: settings.rate,
  min_alpha: settings.lastRate,
} as const;

/** Epochs of a timed round, and of the trainings whose neighbours are compared. */
const TIMED = 2;
const LEARNED = 5;
const WORDS = 200;
/** The part of all the work that comes before the clock: five trainings of `LEARNED` epochs. */
const BEFORE = 0.55;

async function run({ rounds, onProgress }: BenchmarkOptions): Promise<BenchmarkResult> {
  const path = await referencePython({ onStep: (what) => onProgress?.(0, what) });
  const script = join(packageRoot(), "src", "bench", "gensim.py");
  const python = new PythonProcess(script, { python: path });
  const folder = mkdtempSync(join(tmpdir(), "glassbox-bench-"));
  try {
    const versions = (await python.ask({ do: "versions" })) as Record<string, string>;
    const sentences = sentencesOf(speechesText());
    const corpus = wordCorpus(sentences, { minCount: MIN_COUNT });
    const text = join(folder, "sentences.txt");
    writeFileSync(text, sentences.map((words) => words.join(" ")).join("\n"));
    await python.ask({ do: "read", path: text });
    const findings = await compareNeighbours(corpus, python, {
      folder,
      onProgress: (done, what) => onProgress?.(done * BEFORE, what),
    });
    const work = "learn word vectors from the State of the Union";
    const [ours, theirs] = (await takeTurns(
      [
        { name: "glassbox", round: () => secondsOf(() => learn(corpus, 1, TIMED)) },
        { name: "gensim", round: () => theirSeconds(python, 1, TIMED) },
      ],
      { rounds, onProgress: (done) => onProgress?.(BEFORE + done * (1 - BEFORE), work) },
    )) as readonly [SideTimes, SideTimes];
    const amount = corpus.total * TIMED;
    return { comparisons: [{ work, amount, unit: "words", ours, theirs, findings }], versions };
  } finally {
    await python.end();
    rmSync(folder, { recursive: true });
  }
}

interface Comparing {
  /** For the vectors that gensim writes. */
  readonly folder: string;
  readonly onProgress: (done: number, what: string) => void;
}

/** Trains five times and says which neighbours are common. */
async function compareNeighbours(
  corpus: WordCorpus,
  python: PythonProcess,
  { folder, onProgress }: Comparing,
): Promise<string[]> {
  const trainings: (() => Promise<WordVectors>)[] = [
    () => learn(corpus, 1, LEARNED),
    () => learn(corpus, 2, LEARNED),
    () => learnTheirs(python, 1, folder),
    () => learnTheirs(python, 2, folder),
    () => learn(shuffled(corpus), 1, LEARNED),
  ];
  const learned: WordVectors[] = [];
  for (const train of trainings) {
    onProgress(learned.length / trainings.length, "neighbours of both sides");
    learned.push(await train());
  }
  const [ours, oursAgain, theirs, theirsAgain, ofShuffled] = learned as [
    WordVectors,
    WordVectors,
    WordVectors,
    WordVectors,
    WordVectors,
  ];
  const words = frequentWords(corpus);
  const common = (a: WordVectors, b: WordVectors): string =>
    `${(100 * neighbourAgreement([a, b], words)).toFixed(0)} %`;
  return [
    `of the 10 nearest words of ${words.length} frequent words, glassbox and gensim have ${common(ours, theirs)} in common, with other seeds ${common(oursAgain, theirsAgain)}`,
    `two seeds of gensim have ${common(theirs, theirsAgain)} in common, two seeds of glassbox ${common(ours, oursAgain)}`,
    `glassbox has ${common(ours, ofShuffled)} in common with what it learns from the same words in random order`,
  ];
}

/** The most frequent words that sub-sampling leaves whole: it thins out only those that say little. */
function frequentWords({ words, counts }: WordCorpus): string[] {
  const chances = keepChances(counts, settings);
  return words.filter((_, id) => chances[id] === 1).slice(0, WORDS);
}

async function learn(corpus: WordCorpus, seed: number, epochs: number): Promise<WordVectors> {
  const model = new Word2Vec(corpus, { channels: CHANNELS, seed });
  const training = model.train({ ...settings, epochs });
  while ((await training.next()).done !== true);
  return model.vectors();
}

async function theirSeconds(python: PythonProcess, seed: number, epochs: number): Promise<number> {
  const { seconds } = await python.ask({ do: "train", seed, epochs, settings: theirSettings });
  if (typeof seconds !== "number") {
    throw new DataError(`gensim.py: expected seconds, got ${String(seconds)}; see its train`);
  }
  return seconds;
}

async function learnTheirs(
  python: PythonProcess,
  seed: number,
  folder: string,
): Promise<WordVectors> {
  await theirSeconds(python, seed, LEARNED);
  const path = join(folder, `vectors-${seed}.txt`);
  await python.ask({ do: "save", path });
  return parseWordVectors(readFileSync(path, "utf8"));
}

/** The same words in random order, cut into sentences at the same places. */
function shuffled(corpus: WordCorpus): WordCorpus {
  return { ...corpus, ids: Int32Array.from(new Random(1).shuffle(Array.from(corpus.ids))) };
}

/** Both sides on one thread each. */
export const benchmark: Benchmark = {
  name: "embeddings",
  summary: "skip-gram with negative sampling beside gensim's, words a second and common neighbours",
  rounds: 5,
  minutes: 3,
  run,
};
