/**
 * What writing tells, event by event: plain objects, numbers only.
 *
 * Source:  https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Statements/for-await...of
 * Chapter: notebooks/12-gpt.ipynb
 */

/** A token of a row. */
export interface TokenEvent {
  readonly type: "token";
  readonly row: number;
  readonly id: number;
  /** Its place in the row's text, from 0, prompt included. */
  readonly position: number;
  /** The probability that it was drawn with, after all filters. */
  readonly probability: number;
}

/** A row's window was full, and its older part was dropped: the model goes on with the last `kept` ids. */
export interface SlideEvent {
  readonly type: "slide";
  readonly row: number;
  readonly kept: number;
}

/** The end of a row: it has all its tokens, has met a stop sequence, which is not told, or was aborted. */
export interface EndEvent {
  readonly type: "end";
  readonly row: number;
  readonly reason: "length" | "stop" | "aborted";
}

/** What writing tells. */
export type GenerateEvent = TokenEvent | SlideEvent | EndEvent;
