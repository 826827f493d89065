/**
 * Timers belong to the cell that started them, so that Stop can take them away.
 *
 * Source:  https://nodejs.org/api/timers.html, https://nodejs.org/api/module.html#modulesyncbuiltinesmexports
 * Chapter: notebooks/00-start.ipynb
 */
import { createRequire, syncBuiltinESMExports } from "node:module";
import { promisify } from "node:util";

import { owner, type Cell, type TimerHandle } from "./cell.ts";

type Callback = (...args: unknown[]) => unknown;
type Start = (callback: Callback, ...args: unknown[]) => TimerHandle;
type Sleep = (...args: unknown[]) => unknown;

const NAMES = ["setTimeout", "setInterval", "setImmediate"] as const;

/**
 * Replaces the timer functions (global, `node:timers`, `node:timers/promises`) by ones that know
 * their cell. `onError` hears what a callback throws, with the cell it belongs to.
 */
export function ownTimers(onError: (error: unknown, cell: Cell) => void): void {
  const require = createRequire(import.meta.url);
  const timers = require("node:timers") as Record<string, unknown>;
  const sleeps = require("node:timers/promises") as Record<string, Sleep>;
  const globals = globalThis as unknown as Record<string, unknown>;
  for (const name of NAMES) {
    const owned = ownedBy(globals[name] as Start, name === "setInterval", onError);
    // `setTimeout(callback, ms)`, but `setImmediate(callback)`: a sleep has its value behind those.
    const sleep: Sleep =
      name === "setImmediate"
        ? (value) => new Promise((resolve) => owned(resolve, value))
        : (ms, value) => new Promise((resolve) => owned(resolve, ms, value));
    Object.defineProperty(owned, promisify.custom, { value: sleep });
    globals[name] = owned;
    timers[name] = owned;
    const original = sleeps[name];
    if (name === "setInterval" || original === undefined) continue;
    // With options (a signal, unref) Node's own version is needed; it is not owned.
    const options = name === "setTimeout" ? 2 : 1;
    sleeps[name] = (...args) => (args[options] ? original(...args) : sleep(...args));
  }
  syncBuiltinESMExports();
}

function ownedBy(
  start: Start,
  repeats: boolean,
  onError: (error: unknown, cell: Cell) => void,
): Start {
  return (callback, ...args) => {
    const cell = owner.getStore();
    if (cell === undefined || typeof callback !== "function") return start(callback, ...args);
    const timer = start(
      function (this: unknown, ...values: unknown[]) {
        if (!repeats) cell.timers.delete(timer);
        try {
          return callback.apply(this, values);
        } catch (error) {
          onError(error, cell);
          return undefined;
        }
      },
      ...args,
    );
    if (cell.stopped) {
      // A stopped cell starts nothing: the caller gets a timer that never fires.
      clearTimeout(timer as NodeJS.Timeout);
      clearImmediate(timer as NodeJS.Immediate);
    } else {
      cell.timers.add(timer);
    }
    return timer;
  };
}
