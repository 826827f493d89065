/**
 * Leaving out most of the very frequent words: "the" stands near everything and so says little.
 *
 * Axes:    V words
 * Source:  Mikolov et al. (2013), section 2.3, https://arxiv.org/abs/1310.4546, in the form of its program
 *          word2vec.c: kept with chance (√(f / t) + 1) · t / f, where the paper writes √(t / f)
 * Chapter: notebooks/02-embeddings.ipynb
 */

/**
 * (V) The chance to keep each occurrence of a word, at most 1, from how often each word occurs.
 *
 * `sample` is t, the share of the text above which a word is thinned out (1e-3: one word in a thousand); 0
 * keeps everything.
 */
export function keepChances(
  counts: ArrayLike<number>,
  { sample }: { readonly sample: number },
): Float64Array {
  let total = 0;
  for (let id = 0; id < counts.length; id++) total += counts[id]!;
  return Float64Array.from(counts, (count) => {
    const f = count / total;
    return sample === 0 ? 1 : Math.min(1, (Math.sqrt(f / sample) + 1) * (sample / f));
  });
}
