/**
 * Stop, and room to hear it: every loop of ours that runs longer than 50 ms calls `breathe()`.
 *
 * JavaScript runs one thing at a time. A loop that never lets go cannot be stopped, cannot draw and
 * cannot answer. `breathe()` lets go for one turn of the event loop, at most every 50 ms, and throws
 * when the reader has pressed Stop.
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

let stopping = false;
let lastBreath = 0;

/** Ask whatever runs to stop: its next `breathe()` or `throwIfStopping()` throws `Interrupted`. */
export function requestStop(): void {
  stopping = true;
}

/** Forget an earlier Stop: the kernel calls this before each cell. */
export function clearStop(): void {
  stopping = false;
}

/** Has Stop been pressed since the cell began? */
export function isStopping(): boolean {
  return stopping;
}

/** Throws `Interrupted` when Stop has been pressed; for places that cannot await. */
export function throwIfStopping(): void {
  if (stopping) throw new Interrupted();
}

/**
 * Let the event loop turn when the last turn is 50 ms ago or more; throws `Interrupted` after Stop.
 *
 * Cheap to call in every iteration: a clock read, nothing else, most of the time.
 */
export async function breathe(): Promise<void> {
  throwIfStopping();
  const now = performance.now();
  if (now - lastBreath < PATIENCE) return;
  await nextTurn();
  lastBreath = performance.now();
  throwIfStopping();
}
