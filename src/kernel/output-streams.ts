/**
 * What a cell prints, as few stream messages: gathered for 40 ms or 64 kB, cut at a cap.
 *
 * A timer never fires while a cell computes, so the decision to send is made inside `write`, by the
 * clock. Output belongs to the cell whose code printed it, also when that cell is over.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#streams-stdout-stderr-etc
 * Chapter: notebooks/00-start.ipynb
 */
import { TextDecoder } from "node:util";

import type { Cell } from "./cell.ts";

export type StreamName = "stdout" | "stderr";

/** Milliseconds between two messages of one stream: 25 a second look live and cost little. */
const PACE = 40;
/** Characters in one message. */
const CHUNK = 65_536;
/** Bytes that one cell may print; a notebook with more than this cannot be opened with pleasure. */
export const CAP: number = 64 * 1024 * 1024;

const { setTimeout: rawSetTimeout, clearTimeout: rawClearTimeout } = globalThis;

interface Gathered {
  readonly cell: Cell;
  readonly name: StreamName;
  readonly parts: string[];
  length: number;
}

/** Gathers what cells print; `publish` gets it in few pieces. */
export class OutputStreams {
  readonly #publish: (cell: Cell, name: StreamName, text: string) => void;
  #gathered: Gathered | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastSent = 0;

  constructor(publish: (cell: Cell, name: StreamName, text: string) => void) {
    this.#publish = publish;
  }

  /** Print for a cell. */
  write(cell: Cell, name: StreamName, text: string): void {
    const kept = this.#withinCap(cell, text);
    if (kept === "") return;
    if (this.#gathered !== undefined) {
      if (this.#gathered.cell !== cell || this.#gathered.name !== name) this.flush();
    }
    this.#gathered ??= { cell, name, parts: [], length: 0 };
    this.#gathered.parts.push(kept);
    this.#gathered.length += kept.length;
    if (this.#gathered.length >= CHUNK || performance.now() - this.#lastSent > PACE) this.flush();
    else this.#timer ??= rawSetTimeout(() => this.flush(), PACE);
  }

  /** Send what is gathered: before any other message of a cell, so that the order stays. */
  flush(): void {
    if (this.#timer !== undefined) rawClearTimeout(this.#timer);
    this.#timer = undefined;
    const gathered = this.#gathered;
    this.#gathered = undefined;
    if (gathered === undefined) return;
    this.#lastSent = performance.now();
    this.#publish(gathered.cell, gathered.name, gathered.parts.join(""));
  }

  /** At the end of a cell: what is gathered, then one notice when output was held back. */
  finish(cell: Cell): void {
    this.flush();
    if (cell.heldBack === 0) return;
    const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
    this.#publish(
      cell,
      "stdout",
      `\n[${megabytes(cell.heldBack)} more were held back: a cell may print ${megabytes(CAP)}]\n`,
    );
    cell.heldBack = 0;
  }

  #withinCap(cell: Cell, text: string): string {
    const bytes = Buffer.byteLength(text);
    const room = CAP - cell.printed;
    cell.printed += bytes;
    if (bytes <= room) return text;
    cell.heldBack += bytes - Math.max(room, 0);
    return room <= 0 ? "" : cutAt(text, room);
  }
}

/** The first so many bytes, without a letter that the cut would halve. */
function cutAt(text: string, bytes: number): string {
  return new TextDecoder().decode(Buffer.from(text).subarray(0, bytes), { stream: true });
}

/** Makes `process.stdout` and `process.stderr` print through `write`; bytes may end inside a letter. */
export function captureProcessStreams(write: (name: StreamName, text: string) => void): void {
  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new TextDecoder();
    // The process's own output stays open, whatever a cell does with it.
    process[name].end = ((chunk?: unknown) => {
      if (typeof chunk === "string" || chunk instanceof Uint8Array) process[name].write(chunk);
      return process[name];
    }) as typeof process.stdout.end;
    process[name].destroy = (() => process[name]) as typeof process.stdout.destroy;
    process[name].write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | ((error?: Error | null) => void),
      done?: (error?: Error | null) => void,
    ): boolean => {
      const text =
        typeof chunk !== "string"
          ? decoder.decode(chunk, { stream: true })
          : typeof encoding === "string" && !/^utf-?8$/i.test(encoding)
            ? decoder.decode(Buffer.from(chunk, encoding), { stream: true })
            : chunk;
      write(name, text);
      const callback = typeof encoding === "function" ? encoding : done;
      if (callback !== undefined) process.nextTick(callback);
      return true;
    };
  }
}
