/**
 * What Node gives to every program, made fit for cells: output, errors, timers, exit, `input`.
 *
 * Source:  https://nodejs.org/api/process.html
 * Chapter: notebooks/00-start.ipynb
 */
import { owner, type Cell } from "./cell.ts";
import { offerCellHost } from "./contract.ts";
import type { Content } from "./message.ts";
import { captureProcessStreams, type StreamName } from "./output-streams.ts";
import { describePromises } from "./promise-text.ts";
import { installReadableStacks } from "./stack.ts";
import { ownTimers } from "./timers.ts";

/** Who hears what the code of cells does. */
export interface Listener {
  print(name: StreamName, text: string): void;
  publish(type: string, content: Content): void;
  ask(question: string, password: boolean): Promise<string>;
  /** An error of a timer or a promise, and the cell it belongs to as far as that is known. */
  afterthought(error: unknown, cell?: Cell): void;
  interrupt(): void;
}

/** From this call on, the process belongs to cells. */
export function takeOverProcess(listener: Listener): void {
  installReadableStacks();
  describePromises();
  ownTimers((error, cell) => listener.afterthought(error, cell));
  captureProcessStreams((name, text) => listener.print(name, text));
  // eslint-disable-next-line no-console -- this is where the console of cells is made
  console.clear = () => listener.publish("clear_output", { wait: false });
  process.exit = (code) => {
    throw new Error(
      `process.exit(${code ?? ""}): a cell cannot end the kernel; use Kernel › Shut Down`,
    );
  };
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => listener.afterthought(error, owner.getStore()));
  }
  // Without a listener a signal from outside would end the process.
  process.on("SIGINT", () => listener.interrupt());
  offerToCells(listener);
}

/** `input`, and what `src/notebook` shows pictures through. */
function offerToCells(listener: Listener): void {
  const ask = (text = "", options: { readonly password?: boolean } = {}): Promise<string> =>
    listener.ask(text, options.password === true);
  const allowsInput = (): boolean => owner.getStore()?.allowsInput === true;
  globalThis.input = Object.defineProperty(ask, "available", { get: allowsInput }) as typeof input;
  offerCellHost({
    display: (data, { id, update = false, metadata = {} } = {}) => {
      const transient = id === undefined ? {} : { display_id: id };
      const type = update ? "update_display_data" : "display_data";
      listener.publish(type, { data, metadata, transient });
    },
    input: ask,
    get inputAvailable() {
      return allowsInput();
    },
  });
}
