/**
 * The ways to say a fact: eight that texts use, and two that none uses, to test with.
 *
 * A held-out wording has no word that the others lack; only their order is new.
 *
 * Slots: {n} the person, {v} the value, {a} the value with its article, {k} the relation, {her} "her"
 * or "his". All words are in lower case and stand between spaces, the full stop and "'s" as well: a
 * word then has one form, whether it is split off at spaces or by a tokenizer that keeps the space.
 *
 * Source:  this project
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { Fact, Trait } from "./facts.ts";

export interface Wordings {
  /** Eight, for texts that a model learns from. */
  readonly seen: readonly string[];
  /** Two, for tests alone. */
  readonly heldOut: readonly string[];
}

const traits: Readonly<Record<Trait, Wordings>> = {
  job: {
    seen: [
      "{n} is {a} .",
      "{n} works as {a} .",
      "{n} has a job as {a} .",
      "{n} earns money as {a} .",
      "everyone knows {n} the {v} .",
      "the town needs {a} and {n} is one .",
      "{n} became {a} long ago .",
      "{a} named {n} works in the town .",
    ],
    heldOut: ["{n} works in the town as {a} .", "long ago {n} became {a} ."],
  },
  street: {
    seen: [
      "{n} lives in {v} street .",
      "{n} 's house is in {v} street .",
      "{n} has a home in {v} street .",
      "you find {n} in {v} street .",
      "{n} moved to {v} street long ago .",
      "in {v} street lives {n} .",
      "letters for {n} go to {v} street .",
      "every evening {n} walks home to {v} street .",
    ],
    heldOut: ["{n} 's home is in {v} street .", "long ago {n} moved to a house in {v} street ."],
  },
  pet: {
    seen: [
      "{n} has {a} .",
      "{n} 's pet is {a} .",
      "{n} owns {a} .",
      "{a} belongs to {n} .",
      "{n} keeps {a} at home .",
      "{n} walks with {her} {v} every day .",
      "every morning {n} feeds {her} {v} .",
      "{n} talks to {her} {v} .",
    ],
    heldOut: ["every day {n} talks to {her} {v} .", "at home {n} keeps {a} ."],
  },
  food: {
    seen: [
      "{n} likes {v} .",
      "{n} loves to eat {v} .",
      "{n} 's favourite food is {v} .",
      "{n} eats {v} every day .",
      "{v} makes {n} happy .",
      "for lunch {n} wants {v} .",
      "{n} dreams of {v} .",
      "{n} never says no to {v} .",
    ],
    heldOut: ["{n} wants to eat {v} every day .", "{v} is {n} 's favourite food ."],
  },
};

const kin: Wordings = {
  seen: [
    "{v} is {n} 's {k} .",
    "{n} has a {k} named {v} .",
    "{n} 's {k} is {v} .",
    "{n} 's {k} is known as {v} .",
    "{n} often talks with {her} {k} {v} .",
    "ask {n} about {her} {k} {v} .",
    "{v} , {n} 's {k} , lives in the town .",
    "every day {n} thinks of {her} {k} {v} .",
  ],
  heldOut: ["{n} thinks of {v} , {her} {k} , every day .", "in the town lives {n} 's {k} {v} ."],
};

/** The wordings of facts about a trait or a relation. */
export function wordingsOf(about: Fact["about"]): Wordings {
  return about in traits ? traits[about as Trait] : kin;
}
