/**
 * What the main thread and the control thread tell each other through shared memory, even while the
 * main thread computes.
 *
 * Source:  https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Atomics
 * Chapter: notebooks/00-start.ipynb
 */
import { stopFlag } from "../core/interrupt.ts";

/** Places in the flag. */
const WANTED = 0;
const RUNNING = 1;

/** Where the main thread is. */
const OUTSIDE = 0;
const INSIDE = 1;
const SIGNALLED = 2;

/** Milliseconds in which a signal that was sent arrives. */
const SIGNAL_TIME = 1000;

/** Three shared words, read and written without locks: which run shall stop, which runs, and whether a signal can unwind it. */
export class ControlState {
  /** The flag that loops look at; hand both arrays to the other thread. */
  readonly flag: Int32Array;
  readonly script: Int32Array;

  constructor(
    flag: Int32Array = stopFlag,
    script: Int32Array = new Int32Array(new SharedArrayBuffer(4)),
  ) {
    this.flag = flag;
    this.script = script;
  }

  /** The number of the request that runs, from 1; 0 when none does. */
  get running(): number {
    return Atomics.load(this.flag, RUNNING);
  }

  /** A request begins, with the flag down, or (0) none runs. */
  begin(request: number): void {
    Atomics.store(this.flag, RUNNING, request);
    Atomics.store(this.flag, WANTED, 0);
  }

  /** Raise the flag of Stop for one request. */
  raise(request: number): void {
    Atomics.store(this.flag, WANTED, request);
  }

  /** A script begins that a signal can unwind; to be called inside of it. */
  enterScript(): void {
    Atomics.store(this.script, 0, INSIDE);
  }

  /**
   * The script ends; to be called inside of it.
   *
   * A signal that is on its way must find the script still there: outside of it, Node's own handler
   * would end the process. So we wait for it here, where all it does is to unwind us.
   */
  leaveScript(): void {
    if (Atomics.compareExchange(this.script, 0, INSIDE, OUTSIDE) === INSIDE) return;
    const end = performance.now() + SIGNAL_TIME;
    while (performance.now() < end);
  }

  /** The script is over, ended or unwound; to be called outside of it. */
  scriptIsOver(): void {
    Atomics.store(this.script, 0, OUTSIDE);
  }

  /** Sends a signal when a script runs that it can unwind, and none is on its way. */
  unwind(signal: () => void): void {
    if (Atomics.compareExchange(this.script, 0, INSIDE, SIGNALLED) === INSIDE) signal();
  }
}
