/**
 * The town as one text: what is true of those who live there, and stories about them, line by line.
 *
 * Source:  this project
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { statements } from "../../datasets/town/statements.ts";
import { stories } from "../../datasets/town/stories.ts";
import { town } from "../../datasets/town/town.ts";

/** Statements, and as many stories: about 650,000 characters, in which every fact is told about ten times. */
const COUNT = 5000;

/** The town of seed 1: a statement and a story in turns, so that whatever is held out has both. */
export function townText(): string {
  const place = town({ seed: 1 });
  const told = stories(place, { count: COUNT });
  return statements(place, { count: COUNT })
    .map(({ text }, i) => `${text}\n${told[i]!.text}\n`)
    .join("");
}
