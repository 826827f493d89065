/**
 * Statements: one sentence, one fact, in one of many wordings.
 *
 * Facts are gone through in rounds, each round in a new random order, and each fact changes its
 * wording from round to round: after eight rounds every fact was said once in each of its wordings.
 *
 * Source:  this project
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError } from "../../src/core/errors.ts";
import { draws } from "./draws.ts";
import type { Fact } from "./facts.ts";
import type { Person } from "./people.ts";
import type { Town } from "./town.ts";
import { wordingsOf } from "./wordings.ts";
import type { Wordings } from "./wordings.ts";
import { withArticle } from "./words.ts";

export interface Statement {
  /** "kate works as a nurse ." */
  readonly text: string;
  readonly fact: Fact;
  /** The wording with its slots: "{n} works as {a} ." */
  readonly wording: string;
}

export interface StatementOptions {
  /** How many sentences; by default as many as the town has facts. */
  readonly count?: number;
  /** Chooses order and wordings; by default 1. */
  readonly seed?: number;
  /** "heldOut" are the two wordings of each fact that no other text uses; by default "seen". */
  readonly wordings?: keyof Wordings;
}

/**
 * `count` statements about those who live in the town, all of them true.
 *
 * Throws `ConfigError` when `count` or `seed` is no whole number from 0 up.
 */
export function statements(
  town: Town,
  { count = town.facts.length, seed = 1, wordings = "seen" }: StatementOptions = {},
): readonly Statement[] {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ConfigError(
      `statements: expected a whole number from 0 up as count, got ${count}; use one such as 1000`,
    );
  }
  const random = draws("statements", [town.seed, seed]);
  const people = new Map(town.people.map((person) => [person.name, person]));
  const ways = new Map(
    town.facts.map((fact) => [fact, random.shuffle(wordingsOf(fact.about)[wordings])]),
  );
  const said: Statement[] = [];
  for (let round = 0; said.length < count; round++) {
    for (const fact of random.shuffle(town.facts).slice(0, count - said.length)) {
      const forms = ways.get(fact) as readonly string[];
      const wording = forms[round % forms.length] as string;
      const text = fill(wording, fact, people.get(fact.person) as Person);
      said.push({ text, fact, wording });
    }
  }
  return said;
}

/** The wording with the fact's words in its slots. */
function fill(wording: string, { person, about, value }: Fact, { sex }: Person): string {
  return wording
    .replaceAll("{n}", person)
    .replaceAll("{v}", value)
    .replaceAll("{a}", withArticle(value))
    .replaceAll("{k}", about)
    .replaceAll("{her}", sex === "female" ? "her" : "his");
}
