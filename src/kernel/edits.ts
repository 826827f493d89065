/**
 * Insertions and deletions in a text, applied in one go, with positions mapped back.
 *
 * Source:  the idea of magic-string, https://github.com/rich-harris/magic-string
 * Chapter: notebooks/00-start.ipynb
 */

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Changes to one text, collected first and applied together. */
export class Edits {
  readonly #text: string;
  readonly #edits: Edit[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Put text in at a position; insertions at one position stay in the order they were made. */
  insert(position: number, text: string): void {
    this.#edits.push({ start: position, end: position, text });
  }

  /** Put text in place of [start, end). */
  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  /** The edited text. */
  apply(): string {
    let result = "";
    let from = 0;
    for (const { start, end, text } of this.#sorted()) {
      result += this.#text.slice(from, start) + text;
      from = end;
    }
    return result + this.#text.slice(from);
  }

  /** The position in the original text of a position in the edited one; inside an edit: its start. */
  original(position: number): number {
    let shift = 0; // edited minus original, behind the edits seen so far
    for (const { start, end, text } of this.#sorted()) {
      if (position < start + shift) break;
      if (position < start + shift + text.length) return start;
      shift += text.length - (end - start);
    }
    return position - shift;
  }

  #sorted(): Edit[] {
    // A replacement that begins where something is inserted comes behind the insertion.
    return [...this.#edits].sort((a, b) => a.start - b.start || a.end - b.end);
  }
}
