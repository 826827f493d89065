/**
 * Analogies: how many of the questions "a is to b as c is to ?" do word vectors answer, and by what?
 *
 * Each kind is a list of pairs, and every two pairs of it make two questions. The usual score leaves the three
 * words of the question out of the answers. Two controls: leave nothing out; or take the word nearest to c and
 * never look at a and b.
 *
 * Source:  Linzen (2016), "Issues in evaluating semantic spaces using word analogies", https://aclanthology.org/W16-2503;
 *          Rogers et al. (2017), "The (too many) problems of analogical reasoning", https://aclanthology.org/S17-1017
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { WordVectors } from "../models/word-vectors.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { learnSpeeches, speechCorpus } from "./speech-vectors.ts";

/** Pairs of one kind: what the second word is to the first is the same in all of them. */
export type PairKind = keyof typeof kinds;

const kinds = {
  plural:
    "nation nations, law laws, year years, ship ships, treaty treaties, farmer farmers, child children",
  tense: "make made, take took, say said, give gave, go went, come came, see saw",
  degree:
    "great greater, large larger, small smaller, high higher, strong stronger, low lower, good better",
  nationality:
    "france french, spain spanish, mexico mexican, russia russian, germany german, china chinese, japan japanese",
  gender: "he she, his her, man woman, men women, husband wife, father mother, son daughter",
} as const;

/** The names of all kinds. */
export const pairKinds: readonly PairKind[] = Object.keys(kinds) as PairKind[];

/** "a is to b as c is to d". */
export type Analogy = readonly [a: string, b: string, c: string, d: string];

/** All questions of a kind: seven pairs make forty-two. */
export function analogiesOf(kind: PairKind): readonly Analogy[] {
  const list = kinds[kind].split(", ").map((pair) => pair.split(" ") as [string, string]);
  return list.flatMap(([a, b]) =>
    list.flatMap(([c, d]): readonly Analogy[] => (c === a ? [] : [[a, b, c, d]])),
  );
}

/** How an answer is found: as usual; with the three words allowed; or as the nearest to c alone. */
export type AnswerRule = "usual" | "nothing left out" | "nearest to c";

/** The answer of the vectors by a rule. Throws `DataError` for a word without a vector. */
export function answer(vectors: WordVectors, [a, b, c]: Analogy, rule: AnswerRule): string {
  if (rule === "usual") return vectors.analogy(a, b, c, { count: 1 })[0]?.word ?? "";
  if (rule === "nearest to c") {
    return vectors.nearest(c, { count: 1, exclude: [a, b] })[0]?.word ?? "";
  }
  const [from, to, start] = [a, b, c].map((word) => unit(vectors.vector(word)));
  const wanted = to!.map((value, i) => value - from![i]! + start![i]!);
  return vectors.nearest(wanted, { count: 1 })[0]?.word ?? "";
}

/** The part of the questions that is answered rightly, from 0 to 1. */
export function answeredPart(
  vectors: WordVectors,
  questions: readonly Analogy[],
  rule: AnswerRule = "usual",
): number {
  return questions.filter((one) => answer(vectors, one, rule) === one[3]).length / questions.length;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

async function run(options: ExperimentOptions): Promise<Values> {
  const vectors = await learnSpeeches(speechCorpus(), options);
  const all = pairKinds.flatMap(analogiesOf);
  return {
    ...Object.fromEntries(
      pairKinds.map((kind) => [kind, answeredPart(vectors, analogiesOf(kind))]),
    ),
    all: answeredPart(vectors, all),
    nothingLeftOut: answeredPart(vectors, all, "nothing left out"),
    nearestToC: answeredPart(vectors, all, "nearest to c"),
  };
}

const rate = { unit: "of 1", rate: true } as const;

/** Five kinds, forty-two questions each. */
export const experiment: Experiment = {
  name: "word-analogies",
  chapter: "02",
  seconds: 20,
  values: {
    plural: { says: "answers that are right: one to many", ...rate },
    tense: { says: "answers that are right: now to then", ...rate },
    degree: { says: "answers that are right: a quality to more of it", ...rate },
    nationality: { says: "answers that are right: country to its adjective", ...rate },
    gender: { says: "answers that are right: male to female", ...rate },
    all: { says: "answers that are right, of all five kinds", ...rate },
    nothingLeftOut: { says: "the same, if the three words may be the answer", ...rate },
    nearestToC: { says: "the same, by the word nearest to c alone", ...rate },
  },
  run,
};
