/**
 * `--engine` of a command that computes: chosen on its line, started, and said once, on stderr.
 *
 * Source:  https://clig.dev/#arguments-and-flags
 * Chapter: notebooks/00-start.ipynb
 */
import { chooseEngine, engineName, type Engine } from "../../backend/engine.ts";

import type { Terminal } from "./terminal.ts";

/** For the options of `parseArgs`: `options: { engine: engineOption }`. */
export const engineOption: { readonly type: "string" } = { type: "string" };

/** For the help of a command. */
export const engineUsage =
  "--engine NAME: what computes, tensorflow, wasm or cpu; else what GLASSBOX_ENGINE names, else the fastest that loads.\n";

/**
 * Starts the engine that was named on the command's line, or the fastest, and says on stderr which it is, and
 * why not the faster ones; stdout stays the command's own.
 *
 * `command` is how its messages begin: "glassbox train". Throws `ConfigError` for a name that is none, and
 * `DataError` when the named one does not load.
 */
export async function startEngine(
  { command, name }: { readonly command: string; readonly name: string | undefined },
  { stderr }: Terminal,
): Promise<Engine> {
  const wanted = name === undefined ? undefined : engineName(`${command} --engine`, name);
  const { engine, passed } = await chooseEngine(wanted);
  for (const { reason } of passed) stderr.write(`${reason}\n`);
  stderr.write(`engine: ${engine.name} ${engine.version}, ${engine.device}\n`);
  return engine;
}
