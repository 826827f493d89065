/**
 * What a model writes, as texts: each token with the characters that can be shown now, and each text with its end.
 *
 * Source:  https://clig.dev/#output
 * Chapter: notebooks/12-gpt.ipynb
 */
import type { EndEvent, GenerateEvent, SlideEvent, TokenEvent } from "../../generate/events.ts";
import type { Tokenizer } from "../../text/tokenizer.ts";
import { RowText } from "./row-text.ts";

/** A token, and the characters that are certain with it, perhaps none, perhaps those of tokens before. */
export interface PieceEvent extends TokenEvent {
  readonly text: string;
}

/** The end of a text. */
export interface TextEndEvent extends EndEvent {
  /** Characters that waited and are a part of it after all. */
  readonly rest: string;
  /** All of it, without the prompt. */
  readonly text: string;
}

/** What is told of texts. */
export type TextEvent = PieceEvent | SlideEvent | TextEndEvent;

/** The events of `generate` for `rows` prompts as texts, each of which ends before any of the texts `stops`. */
export async function* texts(
  events: AsyncIterable<GenerateEvent>,
  {
    rows,
    tokenizer,
    stops,
  }: { readonly rows: number; readonly tokenizer: Tokenizer; readonly stops: readonly string[] },
): AsyncGenerator<TextEvent, void> {
  const written = Array.from({ length: rows }, () => new RowText(tokenizer, { stops }));
  for await (const event of events) {
    const row = written[event.row] as RowText;
    if (row.isOver) continue;
    if (event.type === "token") yield { ...event, text: row.add(event.id) };
    else if (event.type === "slide") yield event;
    else {
      const rest = row.end();
      yield { ...event, ...(row.isOver ? { reason: "stop" } : {}), rest, text: row.text };
      continue;
    }
    if (!row.isOver) continue;
    yield { type: "end", row: event.row, reason: "stop", rest: "", text: row.text };
    // Leaving the loop ends the rows that are still being written for nobody.
    if (written.every(({ isOver }) => isOver)) return;
  }
}
