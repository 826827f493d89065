/**
 * Short stories: one event in two to five sentences, with somebody standing by now and then.
 *
 * Whoever stands by is of the other sex, so that every "she" and "he" means the one the story is about.
 *
 * Source:  this project
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError } from "../../src/core/errors.ts";
import type { Random } from "../../src/core/random.ts";
import { draws, pick } from "./draws.ts";
import { drawEvent } from "./events.ts";
import type { TownEvent } from "./events.ts";
import type { Person } from "./people.ts";
import type { Town } from "./town.ts";
import { foods, pets, withArticle } from "./words.ts";

export interface Story {
  readonly text: string;
  readonly event: TownEvent;
  /** Names of others who occur in the text; none in most stories. */
  readonly bystanders: readonly string[];
}

export interface StoryOptions {
  /** How many stories; by default 1000. */
  readonly count?: number;
  /** Chooses events and sentences; by default 1. */
  readonly seed?: number;
}

/** {she} is "she" or "he", {a thing} "a red hat". */
const beginnings: readonly string[] = [
  "{time} {n} went to the {place} .",
  "{time} {n} was at the {place} .",
  "{n} went to the {place} {time} .",
  "{time} {n} walked to the {place} .",
];
const middles: readonly string[] = [
  "there {she} {deed} {a thing} .",
  "{she} {deed} {a thing} there .",
  "then {she} {deed} {a thing} .",
  "after a while {she} {deed} {a thing} .",
];
const weather: readonly string[] = [
  "it was a warm day .",
  "it was a cold day .",
  "the sun was out .",
  "there was a lot of wind .",
];
const END = "then {she} went home .";

/**
 * `count` stories about people who are asked about and about visitors.
 *
 * Throws `ConfigError` when `count` or `seed` is no whole number from 0 up.
 */
export function stories(
  town: Town,
  { count = 1000, seed = 1 }: StoryOptions = {},
): readonly Story[] {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ConfigError(
      `stories: expected a whole number from 0 up as count, got ${count}; use one such as 1000`,
    );
  }
  const random = draws("stories", [town.seed, seed]);
  const people = town.people.filter(({ role }) => role === "asked" || role === "visitor");
  return Array.from({ length: count }, () => tell(people, random));
}

function tell(people: readonly Person[], random: Random): Story {
  const person = pick(people, random);
  const others = people.filter(({ sex }) => sex !== person.sex);
  const event = drawEvent(person.name, random);
  const bystanders: string[] = [];
  const standBy = (): string => {
    const { name } = pick(others, random);
    bystanders.push(name);
    return pick(
      [
        `${name} was tired .`,
        `${name} was late .`,
        `${name} ate ${pick(foods, random)} .`,
        `${name} saw ${withArticle(pick(pets, random))} .`,
      ],
      random,
    );
  };
  // Each of the two asides has its place, before or after the event, and is left out half the time.
  const [before, after] = random
    .shuffle([() => pick(weather, random), standBy])
    .map((aside) => (random.integer(2) === 0 ? "" : aside()));
  const sentences = [
    pick(beginnings, random),
    before,
    pick(middles, random),
    after,
    random.integer(5) < 2 ? END : "",
  ];
  const text = sentences
    .filter((sentence) => sentence !== "")
    .join(" ")
    .replaceAll("{n}", person.name)
    .replaceAll("{she}", person.sex === "female" ? "she" : "he")
    .replaceAll("{a thing}", withArticle(`${event.colour} ${event.thing}`))
    .replace(/\{(time|place|deed)\}/g, (_, slot: "time" | "place" | "deed") => event[slot]);
  return { text, event, bystanders };
}
