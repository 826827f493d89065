/**
 * The words of the town, by kind: twelve of each, and no word is of two kinds.
 *
 * Twelve make a guess right once in twelve times, and let every word occur often in a small corpus.
 * Foods are words without a plural, so that any sentence about them is right English.
 *
 * Source:  this project
 * Chapter: notebooks/02-embeddings.ipynb
 */

/** What people do. */
export const jobs: readonly string[] = words(
  "baker nurse teacher painter farmer driver doctor singer cook judge pilot guard",
);

/** Where people live: the words before "street". */
export const streets: readonly string[] = words(
  "oak elm mill hill lake park river bridge church school station harbour",
);

/** The animals that people keep. */
export const pets: readonly string[] = words(
  "dog cat parrot rabbit horse goat turtle duck mouse pony snake frog",
);

/** What people like to eat. */
export const foods: readonly string[] = words(
  "soup bread rice fish cake pasta cheese salad honey porridge stew jam",
);

/** Where things happen. */
export const places: readonly string[] = words(
  "market museum cafe library garden theatre shop beach castle forest zoo hotel",
);

/** What is bought, found, lost and sold. */
export const things: readonly string[] = words(
  "hat book lamp coat chair clock drum kite ring bag cup umbrella",
);

/** What colour a thing has. */
export const colours: readonly string[] = words(
  "red blue green yellow black white pink brown grey purple orange golden",
);

/** What happens to a thing. */
export const deeds: readonly string[] = words("bought found lost sold");

/** The noun with its article: "a hat", "an orange hat". */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

function words(text: string): readonly string[] {
  return text.split(" ");
}
