/**
 * What word vectors know of a town whose every fact is known: nobody needs to judge.
 *
 * They learn from statements such as "kate works as a nurse". Two questions are asked of each person, both with
 * twelve answers to choose from. Which job *stands beside* the name: the greatest v·u of the name's input vector
 * and the job's output vector. Which job's vector is *like* the name's: the greatest cosine of input vectors.
 *
 * Source:  this project; the two kinds of nearness: Levy and Goldberg (2014), "Neural Word Embedding as Implicit
 *          Matrix Factorization", section 3
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { Trait } from "../../datasets/town/facts.ts";
import { statements } from "../../datasets/town/statements.ts";
import { town, traitOf, type Town } from "../../datasets/town/town.ts";
import { foods, jobs, pets, streets } from "../../datasets/town/words.ts";
import { Random } from "../core/random.ts";
import type { WordVectors } from "../models/word-vectors.ts";
import { Word2Vec } from "../models/word2vec.ts";
import { wordCorpus, wordsOf } from "../text/words.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";

/** The answers to choose from, twelve for each trait. */
const answers: Readonly<Record<Trait, readonly string[]>> = {
  job: jobs,
  street: streets,
  pet: pets,
  food: foods,
};

/** Every fact is told about ten times. */
const STATEMENTS = 5000;

/** The two vectors of each word. */
export interface TownVectors {
  readonly inputs: WordVectors;
  readonly outputs: WordVectors;
}

/** The statements of a town as sentences of words; `shuffled` deals all words anew, so that no sentence says anything. */
export function townSentences(
  place: Town,
  { seed, shuffled = false }: { readonly seed: number; readonly shuffled?: boolean },
): readonly (readonly string[])[] {
  const said = statements(place, { count: STATEMENTS, seed }).map(({ text }) => wordsOf(text));
  if (!shuffled) return said;
  const words = new Random(seed).shuffle(said.flat());
  let dealt = 0;
  return said.map(({ length }) => words.slice(dealt, (dealt += length)));
}

/** Skip-gram on the sentences of a town; throws the signal's reason when it is aborted. */
export async function learnTown(
  sentences: readonly (readonly string[])[],
  { seed, signal }: ExperimentOptions,
): Promise<TownVectors> {
  const model = new Word2Vec(wordCorpus(sentences, { minCount: 1 }), { channels: 50, seed });
  const training = model.train({ epochs: 30, window: 8, rate: 0.05 });
  while ((await training.next()).done !== true) signal?.throwIfAborted();
  return { inputs: model.vectors(), outputs: model.outputs() };
}

/**
 * The part of those who live in the town whose `about` is the one of twelve that the vectors put first.
 *
 * "beside" asks for the greatest product of an input and an output, "alike" for the greatest cosine of two inputs.
 * Guessing gets a twelfth. Throws `DataError` when a name or an answer has no vector.
 */
export function traitScore(
  place: Town,
  { inputs, outputs }: TownVectors,
  { about, by }: { readonly about: Trait; readonly by: "beside" | "alike" },
): number {
  const people = place.people.filter(({ role }) => role === "asked" || role === "stated");
  const right = people.filter(({ name }) => {
    const nearness = (answer: string): number =>
      by === "alike"
        ? inputs.similarity(name, answer)
        : dot(inputs.vector(name), outputs.vector(answer));
    const scores = answers[about].map(nearness);
    const first = answers[about][scores.indexOf(Math.max(...scores))];
    return first === traitOf(place, { person: name, about });
  });
  return right.length / people.length;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

async function run(options: ExperimentOptions): Promise<Values> {
  const { seed, onProgress } = options;
  const place = town({ seed });
  const vectors = await learnTown(townSentences(place, { seed }), options);
  onProgress?.(0.5);
  const shuffled = await learnTown(townSentences(place, { seed, shuffled: true }), options);
  return {
    jobBeside: traitScore(place, vectors, { about: "job", by: "beside" }),
    petBeside: traitScore(place, vectors, { about: "pet", by: "beside" }),
    foodBeside: traitScore(place, vectors, { about: "food", by: "beside" }),
    jobAlike: traitScore(place, vectors, { about: "job", by: "alike" }),
    streetAlike: traitScore(place, vectors, { about: "street", by: "alike" }),
    jobShuffled: traitScore(place, shuffled, { about: "job", by: "beside" }),
  };
}

const rate = { unit: "of 1", rate: true } as const;

/** A town, its statements, and vectors learned from them; then from the same words in random order. */
export const experiment: Experiment = {
  name: "town-relations",
  chapter: "02",
  seconds: 1.5,
  values: {
    jobBeside: { says: "people whose own job stands beside their name, by v·u", ...rate },
    petBeside: { says: "people whose own pet stands beside their name, by v·u", ...rate },
    foodBeside: { says: "people whose own food stands beside their name, by v·u", ...rate },
    jobAlike: { says: "people whose name is most like their own job, by cosine", ...rate },
    streetAlike: { says: "people whose name is most like their own street, by cosine", ...rate },
    jobShuffled: { says: "the same as jobBeside, learned from shuffled words", ...rate },
  },
  run,
};
