/**
 * Where output goes: below the running cell, or to the terminal of a script.
 *
 *   our kernel      all representations in one message, through its cell host
 *   stock tslab     the same, through a function that tslab keeps for its own display API
 *   a script        the plain text, on stdout
 *
 * Importing this file under stock tslab also makes long output safe there.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#display-data
 * Chapter: notebooks/00-start.ipynb
 */
import { cellHost, type DisplayOptions, type MimeBundle } from "../kernel/contract.ts";
import { repairStockTslab, stockDisplay } from "./stock.ts";

repairStockTslab();

/** Is there a notebook, and no test or build, so that somebody may watch the work go on? */
export function isWatched(): boolean {
  return !isUnattended() && (cellHost() !== undefined || stockDisplay() !== undefined);
}

/** Does a test or a build run this, so that clock times and pictures in between are of no use? */
export function isUnattended(): boolean {
  const ci = process.env["CI"];
  return ci !== undefined && ci !== "" && ci !== "0" && ci !== "false";
}

/** Shows one output with its representations; outside of a notebook its plain text is printed. */
export function put(bundle: MimeBundle, options: DisplayOptions = {}): void {
  const host = cellHost();
  if (host !== undefined) {
    host.display(bundle, options);
    return;
  }
  const display = stockDisplay();
  if (display !== undefined) {
    display(bundle, options);
    return;
  }
  const plain = bundle["text/plain"];
  if (typeof plain === "string") process.stdout.write(`${plain}\n`);
}

/** Is there a notebook at all? */
export function inNotebook(): boolean {
  return cellHost() !== undefined || stockDisplay() !== undefined;
}
