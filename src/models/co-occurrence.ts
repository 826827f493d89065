/**
 * How often each word stands near each other word: the whole text, condensed into one sparse table.
 *
 * Two words at distance d count 1/d, in both directions, within a sentence.
 *
 * Axes:    V words, N words of the text, M pairs that occur
 * Source:  Pennington et al. (2014), section 4.2, https://aclanthology.org/D14-1162
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { throwIfStopping } from "../core/interrupt.ts";
import type { WordCorpus } from "../core/word-corpus.ts";

/** A sparse table (V, V), row after row. */
export interface CoOccurrence {
  /** (V + 1) The pairs of word i are those from `starts[i]` up to but not `starts[i + 1]`. */
  readonly starts: Int32Array;
  /** (M) The other word of each pair, rising within a row. */
  readonly others: Int32Array;
  /** (M) Σ 1/d over all the places where the pair stands together. */
  readonly weights: Float32Array;
}

/**
 * Counts every pair of words at most `window` words apart (default 10).
 *
 * Throws `ConfigError` unless `window` is a whole number from 1; stops with `Interrupted`.
 */
export function coOccurrences(
  corpus: WordCorpus,
  { window = 10 }: { readonly window?: number } = {},
): CoOccurrence {
  if (!Number.isSafeInteger(window) || window < 1) {
    throw new ConfigError(
      `coOccurrences: expected a whole number from 1 as window, got ${window}; 10 looks ten words to each side`,
    );
  }
  const { ids } = corpus;
  const V = corpus.words.length;
  const { first, last } = sentenceBounds(corpus);
  const places = placesByWord(corpus);
  const starts = new Int32Array(V + 1);
  const others: Int32Array[] = [];
  const weights: Float32Array[] = [];
  const row = new Float64Array(V); // of the word at hand, dense
  for (let id = 0, next = 0; id < V; id++) {
    throwIfStopping();
    const met = new Set<number>();
    for (const stop = next + corpus.counts[id]!; next < stop; next++) {
      const place = places[next]!;
      const end = Math.min(place + window, last[place]!);
      for (let near = Math.max(place - window, first[place]!); near <= end; near++) {
        if (near === place) continue;
        const other = ids[near]!;
        if (row[other] === 0) met.add(other);
        row[other]! += 1 / Math.abs(near - place);
      }
    }
    const columns = Int32Array.from(met).sort();
    others.push(columns);
    weights.push(Float32Array.from(columns, (other) => row[other]!));
    for (const other of columns) row[other] = 0;
    starts[id + 1] = starts[id]! + columns.length;
  }
  const M = starts[V]!;
  return {
    starts,
    others: joined(new Int32Array(M), others),
    weights: joined(new Float32Array(M), weights),
  };
}

/** (N) For each place in the text, the first and the last place of its sentence. */
function sentenceBounds({ ids, starts }: WordCorpus): { first: Int32Array; last: Int32Array } {
  const first = new Int32Array(ids.length);
  const last = new Int32Array(ids.length);
  for (let s = 0; s + 1 < starts.length; s++) {
    first.fill(starts[s]!, starts[s], starts[s + 1]);
    last.fill(starts[s + 1]! - 1, starts[s], starts[s + 1]);
  }
  return { first, last };
}

/** (N) The places of word 0, then those of word 1, and so on. */
function placesByWord({ ids, counts }: WordCorpus): Int32Array {
  const next = new Int32Array(counts.length);
  for (let id = 1; id < counts.length; id++) next[id] = next[id - 1]! + counts[id - 1]!;
  const places = new Int32Array(ids.length);
  for (let place = 0; place < ids.length; place++) places[next[ids[place]!]!++] = place;
  return places;
}

function joined<T extends Int32Array | Float32Array>(whole: T, parts: readonly T[]): T {
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}
