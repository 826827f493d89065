/**
 * Sends every message, in order, however fast they come.
 *
 * A zeromq socket refuses a send while an earlier one is pending (`EBUSY`) and takes nothing of it.
 * The outbox keeps what was refused and tries again in the next turn of the event loop. While a cell
 * computes, sends still go out at once, since zeromq hands them to a thread of its own.
 *
 * Source:  https://zeromq.github.io/zeromq.js/interfaces/Writable.html#send
 * Chapter: notebooks/00-start.ipynb
 */

export interface Sender {
  send(frames: (Buffer | string)[]): Promise<void>;
}

/** The messages of one socket that are still to be sent, in order. */
export class Outbox {
  readonly #socket: Sender;
  readonly #waiting: (Buffer | string)[][] = [];
  #retrying = false;

  constructor(socket: Sender) {
    this.#socket = socket;
  }

  /** Takes the message at once; it leaves now, or as soon as the socket is free. */
  send(frames: (Buffer | string)[]): void {
    this.#waiting.push(frames);
    this.#pump();
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    while (this.#waiting.length > 0) await new Promise((resolve) => rawSetImmediate(resolve));
  }

  #pump(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        // A send that fails after it was taken means that the socket was closed under it: the
        // kernel is ending and nobody is left to be told.
        this.#socket.send(next).catch(() => undefined);
      } catch (error) {
        if ((error as { code?: string }).code !== "EBUSY") throw error;
        if (!this.#retrying) {
          this.#retrying = true;
          rawSetImmediate(() => {
            this.#retrying = false;
            this.#pump();
          });
        }
        return;
      }
      this.#waiting.shift();
    }
  }
}

/** The timer as it was before cells got timers of their own. */
const rawSetImmediate = setImmediate;
