/**
 * Stop, and room to hear it: every loop of ours that runs longer than 50 ms calls `breathe()`.
 *
 * JavaScript runs one thing at a time. A loop that never lets go cannot be stopped, cannot draw and
 * cannot answer. `breathe()` lets go for one turn of the event loop, at most every 50 ms, and throws
 * when the reader has pressed Stop. The flag lies in memory that threads share, so that the kernel's
 * control thread can raise it even while this thread computes.
 *
 * Source:  https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick
 * Chapter: notebooks/00-start.ipynb
 */
import { setImmediate as nextTurn } from "node:timers/promises";

/** Thrown where a run was when the reader pressed Stop. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("stopped by the reader");
  }
}

/** Milliseconds of work between two turns of the event loop: short enough to feel immediate. */
const PATIENCE = 50;

/**
 * Two numbers over shared memory: the run that shall stop, and the run that goes on; 0 is none.
 *
 * The kernel numbers its cells and writes both. A wish to stop that comes too late names a run that
 * is over, so it cannot stop the next one.
 */
export const stopFlag: Int32Array = new Int32Array(new SharedArrayBuffer(8));

let lastBreath = 0;

/** Has Stop been pressed since the running cell began? */
export function isStopping(): boolean {
  const wanted = Atomics.load(stopFlag, 0);
  return wanted !== 0 && wanted === Atomics.load(stopFlag, 1);
}

/** Throws `Interrupted` when Stop has been pressed; for loops that cannot await. */
export function throwIfStopping(): void {
  if (isStopping()) throw new Interrupted();
}

/**
 * Let the event loop turn when the last turn is 50 ms ago or more; throws `Interrupted` after Stop.
 *
 * Cheap to call in every iteration: a flag and a clock are read, nothing else, most of the time.
 */
export async function breathe(): Promise<void> {
  throwIfStopping();
  if (performance.now() - lastBreath < PATIENCE) return;
  await nextTurn();
  lastBreath = performance.now();
  throwIfStopping();
}
