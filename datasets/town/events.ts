/**
 * Small events: somebody bought, found, lost or sold a coloured thing somewhere.
 *
 * An event is drawn anew for each text and happens once, so what is asked about it cannot be known by
 * heart: it must be read. One pair of colour and thing in six never happens, though its colour and
 * its thing do: whoever writes such a pair has put it together.
 *
 * Source:  this project
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { Random } from "../../src/core/random.ts";
import { pick } from "./draws.ts";
import { colours, deeds, places, things } from "./words.ts";

export interface TownEvent {
  /** Name of who it happened to. */
  readonly person: string;
  /** "yesterday", "on monday", … */
  readonly time: string;
  readonly place: string;
  /** "bought", "found", "lost" or "sold". */
  readonly deed: string;
  readonly colour: string;
  readonly thing: string;
}

const times: readonly string[] = [
  "on monday",
  "on sunday",
  "in the morning",
  "in the evening",
  "yesterday",
  "last week",
];

/**
 * Is the pair held out? Every sixth diagonal of the table of colours and things is: two things of each
 * colour and two colours of each thing, in every town.
 */
export function isHeldOut({ colour, thing }: Pick<TownEvent, "colour" | "thing">): boolean {
  return (colours.indexOf(colour) + things.indexOf(thing)) % 6 === 0;
}

/** Every pair of colour and thing that no text has, to test with. */
export function heldOutPairs(): readonly Pick<TownEvent, "colour" | "thing">[] {
  return colours.flatMap((colour) => things.map((thing) => ({ colour, thing }))).filter(isHeldOut);
}

/** What happened to a person, each word as likely as the others; never with a held-out pair. */
export function drawEvent(person: string, random: Random): TownEvent {
  const [time, place, deed] = [pick(times, random), pick(places, random), pick(deeds, random)];
  for (;;) {
    const pair = { colour: pick(colours, random), thing: pick(things, random) };
    if (!isHeldOut(pair)) return { person, time, place, deed, ...pair };
  }
}
