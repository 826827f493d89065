/**
 * Starting an engine: one at a time, and the one that was active stays until the next has loaded.
 *
 * Source:  https://js.tensorflow.org/api/4.22.0/#setBackend
 * Chapter: notebooks/00-start.ipynb
 */
import { DataError } from "../core/errors.ts";

/** What a loaded engine says about itself. */
export interface LoadedEngine {
  /** Version of the library that computes. */
  readonly version: string;
  /** What it computes on: "CPU, 1 thread, SIMD". */
  readonly device: string;
}

/** Gives TensorFlow.js a backend that can be used at once; rejects with a `DataError` that says why it cannot. */
export type EngineLoader = () => Promise<LoadedEngine>;

/** An engine by its name. */
export interface NamedEngine<Name extends string> extends LoadedEngine {
  readonly name: Name;
}

/** An engine that does not load, and the sentences that say why. */
export interface Passed<Name extends string> {
  readonly name: Name;
  readonly reason: string;
}

/** One start at a time: two at once would each take the other's half-loaded backend for the active one. */
let latest: Promise<unknown> = Promise.resolve();

/** Loads the engine and makes it the active one; throws what its loader throws, with the earlier one active again. */
export function startNamed<Name extends string>(
  engines: Readonly<Record<Name, EngineLoader>>,
  name: Name,
): Promise<NamedEngine<Name>> {
  const started = latest.then(() => start(engines[name], name));
  latest = started.catch(() => undefined);
  return started;
}

/** Starts the first engine that loads; throws what the last one throws when none does. */
export async function startFastest<Name extends string>(
  engines: Readonly<Record<Name, EngineLoader>>,
): Promise<{ readonly engine: NamedEngine<Name>; readonly passed: readonly Passed<Name>[] }> {
  const names = Object.keys(engines) as Name[];
  const passed: Passed<Name>[] = [];
  for (const name of names) {
    try {
      return { engine: await startNamed(engines, name), passed };
    } catch (error) {
      if (!(error instanceof DataError) || name === names.at(-1)) throw error;
      passed.push({ name, reason: error.message });
    }
  }
  throw new DataError("startFastest: expected at least one engine, got none; name one");
}

async function start<Name extends string>(
  load: EngineLoader,
  name: Name,
): Promise<NamedEngine<Name>> {
  const tf = await import("@tensorflow/tfjs");
  // Undefined before the first engine, though its type does not say so.
  const before = tf.getBackend() as string | undefined;
  try {
    const loaded = await load();
    await tf.setBackend(name);
    return { name, ...loaded };
  } catch (error) {
    if (before && before !== tf.getBackend()) await tf.setBackend(before);
    throw error;
  }
}
