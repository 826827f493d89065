/**
 * One execution of one cell: whom its output belongs to, what it started, how it is stopped.
 *
 * Code that a cell starts (a timer, a promise) may run when the cell is long over. Node's
 * AsyncLocalStorage carries the cell along, so that output, errors and Stop find their owner.
 *
 * Source:  https://nodejs.org/api/async_context.html
 * Chapter: notebooks/00-start.ipynb
 */
import { AsyncLocalStorage } from "node:async_hooks";

import { Interrupted } from "../core/interrupt.ts";
import type { Message } from "./message.ts";

/** What a timer function returned: a Timeout, or an Immediate. */
export type TimerHandle = NodeJS.Timeout | NodeJS.Immediate;

const { clearTimeout: rawClearTimeout, clearImmediate: rawClearImmediate } = globalThis;

/** One execution of one cell, from its request until nothing of it runs any more. */
export class Cell {
  /** The execute_request: its header is the parent of all that the cell sends. */
  readonly request: Message;
  /** The number in the brackets beside the cell. */
  readonly count: number;
  /** May the cell ask the reader? */
  readonly allowsInput: boolean;
  /** Timers that the cell started and that have not fired. */
  readonly timers: Set<TimerHandle> = new Set();
  /** Pages of help to show, as the pager of the front end wants them. */
  readonly pages: string[] = [];
  /** Rejects when the cell is stopped, or fails from a timer of its own. */
  readonly failed: Promise<never>;
  /** Bytes it has printed so far. */
  printed = 0;
  /** Bytes that were held back, past the cap. */
  heldBack = 0;

  #running = true;
  #stopped = false;
  #threwAfterStop = false;
  #fail: (reason: unknown) => void = () => undefined;
  readonly #pendingAwaits = new Set<(reason: unknown) => void>();

  constructor(request: Message, count: number) {
    this.request = request;
    this.count = count;
    this.allowsInput = request.content["allow_stdin"] === true;
    this.failed = new Promise<never>((_resolve, reject) => {
      this.#fail = reject;
    });
    // Nobody may be listening; that is no error of its own.
    this.failed.catch(() => undefined);
  }

  /** Is its code still what the kernel waits for? */
  get running(): boolean {
    return this.#running;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** The reply has been decided: what comes later is an afterthought of this cell. */
  end(): void {
    this.#running = false;
  }

  /** Make a running cell fail with an error that was thrown outside of its main line, in a timer. */
  fail(reason: unknown): void {
    this.#fail(reason);
  }

  /** Stop for good: no timer fires, each await that waits throws once, later ones never settle. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const timer of this.timers) {
      rawClearTimeout(timer as NodeJS.Timeout);
      rawClearImmediate(timer as NodeJS.Immediate);
    }
    this.timers.clear();
    const rejects = [...this.#pendingAwaits];
    this.#pendingAwaits.clear();
    for (const reject of rejects) reject(new Interrupted());
    this.#fail(new Interrupted());
  }

  /**
   * What every `await` of cell code goes through.
   *
   * After Stop it throws once, so that `finally` blocks run, and then never settles, so that a loop
   * like `for (;;) try { await … } catch {}` ends as well.
   */
  settle<T>(value: T | PromiseLike<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#stopped) {
        if (!this.#threwAfterStop) {
          this.#threwAfterStop = true;
          reject(new Interrupted());
        }
        return;
      }
      this.#pendingAwaits.add(reject);
      Promise.resolve(value).then(
        (result) => {
          if (this.#pendingAwaits.delete(reject)) resolve(result);
        },
        (reason: unknown) => {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it came
          if (this.#pendingAwaits.delete(reject)) reject(reason);
        },
      );
    });
  }
}

/** The cell that the running code belongs to, through timers and promises. */
export const owner: AsyncLocalStorage<Cell> = new AsyncLocalStorage<Cell>();
