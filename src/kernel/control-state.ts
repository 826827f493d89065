/**
 * What the main thread and the control thread tell each other through shared memory, even while the
 * main thread computes.
 *
 * Source:  https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Atomics
 * Chapter: notebooks/00-start.ipynb
 */
import { stopFlag } from "../core/interrupt.ts";

const WANTED = 0;
const RUNNING = 1;

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

  /** Does a script run that a signal can unwind? */
  get inScript(): boolean {
    return Atomics.load(this.script, 0) === 1;
  }

  set inScript(running: boolean) {
    Atomics.store(this.script, 0, running ? 1 : 0);
  }
}
