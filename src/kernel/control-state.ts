/**
 * What the main thread and the control thread tell each other through shared memory, even while the
 * main thread computes.
 *
 * Source:  https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Atomics
 * Chapter: notebooks/00-start.ipynb
 */
import { stopFlag } from "../core/interrupt.ts";

const RUNNING = 0;
const IN_SCRIPT = 1;

/** Two shared words, read and written without locks: which request runs, and whether a signal can unwind it. */
export class ControlState {
  /** The shared words: hand them to the other thread. */
  readonly words: Int32Array;
  /** The flag that loops look at. */
  readonly flag: Int32Array;

  constructor(
    words: Int32Array = new Int32Array(new SharedArrayBuffer(8)),
    flag: Int32Array = stopFlag,
  ) {
    this.words = words;
    this.flag = flag;
  }

  /** The number of the request that runs, from 1; 0 when none does. */
  get running(): number {
    return Atomics.load(this.words, RUNNING);
  }

  /** A request begins, with the flag down, or (0) none runs. */
  begin(request: number): void {
    Atomics.store(this.flag, 0, 0);
    Atomics.store(this.words, RUNNING, request);
  }

  /** Does a script run that a signal can unwind? */
  get inScript(): boolean {
    return Atomics.load(this.words, IN_SCRIPT) === 1;
  }

  set inScript(running: boolean) {
    Atomics.store(this.words, IN_SCRIPT, running ? 1 : 0);
  }

  /** Raise the flag of Stop. */
  raise(): void {
    Atomics.store(this.flag, 0, 1);
  }
}
