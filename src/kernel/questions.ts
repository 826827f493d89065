/**
 * Questions to the reader: `await input("…")` sends one and waits for the line typed.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel
 * Chapter: notebooks/00-start.ipynb
 */
import { randomUUID } from "node:crypto";

import type { Cell } from "./cell.ts";
import type { Message, Wire } from "./message.ts";
import type { Outbox } from "./outbox.ts";

interface Question {
  readonly cell: Cell;
  readonly text: string;
  readonly password: boolean;
  readonly resolve: (answer: string) => void;
  /** The message that asked, once it was sent. */
  id?: string;
}

/** The questions that wait for the reader, oldest first. */
export class Questions {
  readonly #wire: Wire;
  readonly #outbox: Outbox;
  /** The front end shows one question at a time: the first of these is the one it shows. */
  #open: Question[] = [];

  constructor(wire: Wire, outbox: Outbox) {
    this.#wire = wire;
    this.#outbox = outbox;
  }

  /** Asks for a cell; rejects where its front end takes no answers, and when the cell is stopped. */
  ask(cell: Cell | undefined, text: string, password: boolean): Promise<string> {
    if (cell === undefined || !cell.allowsInput) {
      return Promise.reject(
        new Error(
          "input: expected a front end that answers, got one that takes no input; run this cell in JupyterLab, or look at `input.available` first",
        ),
      );
    }
    return cell.settle(
      new Promise<string>((resolve) => {
        this.#open.push({ cell, text, password, resolve });
        if (this.#open.length === 1) this.#show();
      }),
    );
  }

  /** The reader's answer to the question shown. */
  answer(reply: Message): void {
    const asked = (reply.parent as { msg_id?: string }).msg_id;
    // A front end may still show the box of a cell that was stopped. Some do not say what they answer.
    if (asked !== undefined && asked !== this.#open[0]?.id) return;
    const question = this.#open.shift();
    const { value } = reply.content;
    question?.resolve(typeof value === "string" ? value : "");
    this.#show();
  }

  /** A cell is over: what it still asks is asked no more. */
  forget(cell: Cell): void {
    const shown = this.#open[0];
    this.#open = this.#open.filter((question) => question.cell !== cell);
    if (this.#open[0] !== shown) this.#show();
  }

  #show(): void {
    const question = this.#open[0];
    if (question === undefined) return;
    const { cell, text, password } = question;
    const { header, identities } = cell.request;
    const content = { prompt: text, password };
    const id = (question.id = randomUUID());
    this.#outbox.send(this.#wire.pack("input_request", content, header, identities, {}, id));
  }
}
