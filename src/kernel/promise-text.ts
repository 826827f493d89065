/**
 * Promises print as in plain Node: what AsyncLocalStorage hangs on them stays out of sight.
 *
 * Source:  https://nodejs.org/api/async_context.html; Node 20, lib/internal/async_hooks.js
 * Chapter: notebooks/00-start.ipynb
 */
import { inspect, type InspectOptions } from "node:util";

/** The symbols by which Node follows a promise, by their descriptions. */
const FOLLOWERS = ["async_id_symbol", "trigger_async_id_symbol", "kResourceStore"];

/** Teaches `util.inspect` to print promises without them. */
export function describePromises(): void {
  Reflect.defineProperty(Promise.prototype, inspect.custom, {
    configurable: true,
    value(this: Promise<unknown>, depth: number | null, options: InspectOptions): string {
      if (depth !== null && depth < 0) return "[Promise]";
      for (const symbol of Object.getOwnPropertySymbols(this)) {
        if (!FOLLOWERS.includes(symbol.description ?? "")) continue;
        Reflect.defineProperty(this, symbol, { enumerable: false });
      }
      // For the time of this call the promise has no printer of its own, and is printed as ever.
      Reflect.defineProperty(this, inspect.custom, { value: undefined, configurable: true });
      try {
        return inspect(this, { ...options, depth });
      } finally {
        delete (this as { [inspect.custom]?: unknown })[inspect.custom];
      }
    },
  });
}
