/**
 * The hundred people of the town, and where each of them may occur.
 *
 * Source:  this project; the sizes follow a pilot study of what a model of half a million weights learns
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { Random } from "../../src/core/random.ts";
import { men, women } from "./names.ts";

/**
 * Where a person may occur. It holds for every text about the town:
 *
 * - `asked`: lives here; statements and stories are about them, and questions from memory
 * - `stated`: lives here; occurs in statements alone, so no answer about them was ever shown
 * - `visitor`: occurs in stories alone, and has no lasting facts
 * - `stranger`: occurs nowhere
 */
export type Role = "asked" | "stated" | "visitor" | "stranger";

export interface Person {
  /** One lower-case word; no two people share a name. */
  readonly name: string;
  readonly sex: "female" | "male";
  readonly role: Role;
}

/** How many have each role; half of each are women. */
export const roleSizes: Readonly<Record<Role, number>> = {
  asked: 40,
  stated: 24,
  visitor: 24,
  stranger: 12,
};

/** Everyone, role by role, women and men in turn: the order of the names is what is random. */
export function castPeople(random: Random): readonly Person[] {
  const female = random.shuffle(women);
  const male = random.shuffle(men);
  const roles = (Object.keys(roleSizes) as Role[]).flatMap((role) =>
    Array.from({ length: roleSizes[role] }, () => role),
  );
  return roles.map((role, index) => {
    const sex = index % 2 === 0 ? "female" : "male";
    const name = (sex === "female" ? female : male)[Math.floor(index / 2)] as string;
    return { name, sex, role };
  });
}
