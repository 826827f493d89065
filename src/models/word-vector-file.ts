/**
 * Word vectors as a text file that other programs read and write: word2vec's and gensim's form, and GloVe's.
 *
 * The first line holds V and C, each further one a word and its C numbers. GloVe's files lack the first line.
 *
 * Axes:    V words, C channels
 * Source:  https://radimrehurek.com/gensim/models/keyedvectors.html, `save_word2vec_format`
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { DataError } from "../core/errors.ts";
import { WordVectors } from "./word-vectors.ts";

/** The text of such a file, each number so that it reads back as the same float32; throws `DataError` for a word with a space in it. */
export function printWordVectors({ words, vectors, channels }: WordVectors): string {
  const split = words.find((word) => word === "" || /\s/u.test(word));
  if (split !== undefined) {
    throw new DataError(
      `printWordVectors: expected words without spaces, got "${split}"; the form parts words and numbers by spaces`,
    );
  }
  const lines = words.map((word, id) => {
    const row = vectors.subarray(id * channels, (id + 1) * channels);
    return [word, ...Array.from(row, (value) => Number(value.toPrecision(9)))].join(" ");
  });
  return [`${words.length} ${channels}`, ...lines, ""].join("\n");
}

/** Reads such a text, with the first line or without; throws `DataError` that names the line that has another form. */
export function parseWordVectors(text: string): WordVectors {
  const lines = text.split("\n").map((line) => line.trimEnd());
  while (lines.at(-1) === "") lines.pop();
  const header = /^(\d+) (\d+)$/.exec(lines[0] ?? "");
  const first = header === null ? 0 : 1;
  const C = header === null ? (lines[0] ?? "").split(" ").length - 1 : Number(header[2]);
  const V = header === null ? lines.length : Number(header[1]);
  if (V !== lines.length - first || V < 1 || C < 1) {
    throw new DataError(
      `parseWordVectors: expected ${V} words with ${C} numbers each, got ${lines.length - first} lines; the file is cut off or of another form`,
    );
  }
  const vectors = new Float32Array(V * C);
  const words = lines.slice(first).map((line, id) => {
    const [word, ...numbers] = line.split(" ");
    const values = numbers.map(Number);
    if (values.length !== C || !values.every(Number.isFinite) || numbers.includes("")) {
      throw new DataError(
        `parseWordVectors: expected a word and ${C} numbers in line ${id + first + 1}, got "${line.slice(0, 60)}"`,
      );
    }
    vectors.set(values, id * C);
    return word!;
  });
  return new WordVectors(words, vectors);
}
