/**
 * Runs through a stream of events, such as the steps of a training, and lets Stop and pictures through.
 *
 * Source:  https://tc39.es/ecma262/#sec-for-in-and-for-of-statements
 * Chapter: notebooks/00-start.ipynb
 */
import { breathe } from "../core/interrupt.ts";
import { settleAll } from "./in-place.ts";

/** Calls `handler` with each event, in order; at the end, or at Stop, closes the stream and draws every live output in full. */
export async function each<T>(
  events: AsyncIterable<T> | Iterable<T>,
  handler: (event: T) => unknown,
): Promise<void> {
  try {
    for await (const event of events) {
      await handler(event);
      await breathe();
    }
  } finally {
    await settleAll();
  }
}
