/**
 * The other end of an `AnsweringProcess`: a program of ours that answers lines of JSON on stdin by lines on stdout.
 *
 * Source:  https://jsonlines.org
 * Chapter: notebooks/01-tokens.ipynb
 */
import { createInterface } from "node:readline";

import type { Json } from "./answering-process.ts";

/** Answers every line of stdin until it ends; an error becomes the answer { "error": "…" }. */
export async function answerLines(answer: (question: Json) => Json | Promise<Json>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await answerOrError(() => answer(JSON.parse(line) as Json));
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

async function answerOrError(answer: () => Json | Promise<Json>): Promise<Json> {
  try {
    return await answer();
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The most of this process that was resident, in MB. */
export function mostMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
