/**
 * What everybody hears: status, streams, pictures, results and errors, each under its cell.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-iopub-pub-sub-channel
 * Chapter: notebooks/00-start.ipynb
 */
import type { Cell } from "./cell.ts";
import type { Content, Message, Wire } from "./message.ts";
import { OutputStreams, type StreamName } from "./output-streams.ts";
import type { Outbox } from "./outbox.ts";

/** The kernel's voice on iopub: messages in the order in which their causes happened. */
export class Publisher {
  readonly #wire: Wire;
  readonly #outbox: Outbox;
  readonly #streams: OutputStreams;

  constructor(wire: Wire, outbox: Outbox) {
    this.#wire = wire;
    this.#outbox = outbox;
    this.#streams = new OutputStreams((cell, name, text) =>
      this.#send("stream", { name, text }, cell.request.header),
    );
  }

  /** A message of any type; printed text that is still gathered goes out before it. */
  publish(type: string, content: Content, parent: Message["parent"]): void {
    this.#streams.flush();
    this.#send(type, content, parent);
  }

  /** `busy` at the beginning of a request, `idle` at its end. */
  status(state: "starting" | "busy" | "idle", parent: Message["parent"] = {}): void {
    this.publish("status", { execution_state: state }, parent);
  }

  /** Text that code of a cell printed. */
  print(cell: Cell, name: StreamName, text: string): void {
    this.#streams.write(cell, name, text);
  }

  /** All that the cell printed, and a notice when it printed more than a cell may. */
  finish(cell: Cell): void {
    this.#streams.finish(cell);
  }

  #send(type: string, content: Content, parent: Message["parent"]): void {
    this.#outbox.send(this.#wire.pack(type, content, parent, [`kernel.${type}`]));
  }
}
