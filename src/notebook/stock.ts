/**
 * What stock tslab 1.0.22 needs to run our notebooks: whole bundles, and output that does not wedge it.
 *
 * Stock tslab sends from a socket that takes one message at a time and forgets the rest: after some
 * 500 lines the cell never ends. The socket's `send` becomes a queue here, and what a cell prints
 * is gathered into fewer messages and cut off when it does not end. Under our own kernel nothing of
 * this file happens.
 *
 * Source:  tslab 1.0.22, dist/jupyter.js, and zeromq 6, lib/index.js
 * Chapter: notebooks/00-start.ipynb
 */
import { createRequire } from "node:module";

import { cellHost, type DisplayOptions, type MimeBundle } from "../kernel/contract.ts";
import { flushWrites, tameWrites } from "./stock-output.ts";

/** What tslab keeps for its display API: sends `display_data`, or `update_display_data`, for the cell that ran last. */
type WriteDisplayData = (
  content: { data: MimeBundle; metadata: unknown; transient: { display_id?: string } },
  update: boolean,
) => void;

/** The part of a zeromq socket that is repaired. */
interface Socket {
  sendHighWaterMark: number;
  send(message: unknown): Promise<void>;
}

const require = createRequire(import.meta.url);

/** A mark on a class whose `send` is already a queue. */
const REPAIRED = Symbol.for("glassbox.send-queue");

/** Shows a bundle below the running cell of stock tslab; undefined where stock tslab does not run. */
export function stockDisplay():
  ((bundle: MimeBundle, options: DisplayOptions) => void) | undefined {
  const write = lastWriteDisplayData();
  if (write === undefined) return undefined;
  return (data, { id, update = false, metadata = {} }) => {
    flushWrites();
    write({ data, metadata, transient: id === undefined ? {} : { display_id: id } }, update);
  };
}

/** Makes `send` a queue and caps what a cell prints, when stock tslab runs; a second call does nothing. */
export function repairStockTslab(): void {
  const file = tslabFile();
  if (file === undefined || lastWriteDisplayData() === undefined) return;
  const { Publisher } = createRequire(file)("zeromq") as { Publisher: { prototype: Socket } };
  const prototype = Publisher.prototype as Socket & { [REPAIRED]?: true };
  if (prototype[REPAIRED] === true) return;
  Object.defineProperty(prototype, REPAIRED, { value: true });
  queueSends(prototype);
  tameWrites(process.stdout);
  tameWrites(process.stderr);
}

/** Messages that the socket is too busy for wait for the next turn of the event loop, in order. */
function queueSends(prototype: Socket): void {
  const send: (this: Socket, message: unknown) => Promise<void> = Reflect.get(prototype, "send");
  const queues = new WeakMap<Socket, unknown[]>();
  const accepted = (socket: Socket, message: unknown): boolean => {
    try {
      // Failures that come later (the socket was closed) reach nobody: tslab waits for no answer.
      send.call(socket, message).catch(() => undefined);
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === "EBUSY") return false;
      throw error;
    }
  };
  const flush = (socket: Socket, queue: unknown[]): void => {
    while (queue.length > 0 && accepted(socket, queue[0])) queue.shift();
    if (queue.length > 0) setImmediate(flush, socket, queue);
  };
  Object.defineProperty(prototype, "send", {
    configurable: true,
    value(this: Socket, message: unknown): Promise<void> {
      let queue = queues.get(this);
      if (queue === undefined) {
        this.sendHighWaterMark = 0;
        queues.set(this, (queue = []));
      }
      if (queue.length > 0) queue.push(message);
      else if (!accepted(this, message)) {
        queue.push(message);
        setImmediate(flush, this, queue);
      }
      return Promise.resolve();
    },
  });
}

function lastWriteDisplayData(): WriteDisplayData | undefined {
  if (cellHost() !== undefined) return undefined;
  const file = tslabFile();
  if (file === undefined) return undefined;
  const { lastWriteDisplayData: write } = require(file) as {
    lastWriteDisplayData: WriteDisplayData | null;
  };
  return write ?? undefined;
}

/** The kernel's own module in Node's cache of CommonJS modules, however tslab was installed. */
function tslabFile(): string | undefined {
  return Object.keys(require.cache).find((path) =>
    /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(path),
  );
}
