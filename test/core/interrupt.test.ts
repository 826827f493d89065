import { afterEach, describe, expect, it } from "vitest";

import {
  breathe,
  Interrupted,
  isStopping,
  stopFlag,
  throwIfStopping,
} from "../../src/core/interrupt.ts";

/** The kernel runs request 7 and wants another one, or this one, to stop. */
function want(run: number): void {
  Atomics.store(stopFlag, 1, 7);
  Atomics.store(stopFlag, 0, run);
}

afterEach(() => want(0));

describe("breathe", () => {
  it("lets timers fire in a loop that never waits otherwise", async () => {
    let fired = false;
    setTimeout(() => (fired = true), 10);
    const end = performance.now() + 2000;
    while (!fired && performance.now() < end) await breathe();
    expect(fired).toBe(true);
  });

  it("turns the event loop at most every 50 ms", async () => {
    let turns = 0;
    const count = (): void => {
      turns++;
      handle = setImmediate(count);
    };
    let handle = setImmediate(count);
    const end = performance.now() + 500;
    while (performance.now() < end) await breathe();
    clearImmediate(handle);
    expect(turns).toBeGreaterThanOrEqual(3);
    expect(turns).toBeLessThanOrEqual(12);
  });

  it("throws once the flag is raised, before and after its turn", async () => {
    want(7);
    await expect(breathe()).rejects.toThrow(new Interrupted());
    want(0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const turning = breathe();
    want(7);
    await expect(turning).rejects.toThrow("stopped by the reader");
  });
});

describe("the flag of Stop", () => {
  it("is seen by loops that cannot await", () => {
    expect(isStopping()).toBe(false);
    expect(() => throwIfStopping()).not.toThrow();
    want(7);
    expect(isStopping()).toBe(true);
    expect(() => throwIfStopping()).toThrow(Interrupted);
  });

  it("does not stop another run than the one it names", () => {
    want(6);
    expect(isStopping()).toBe(false);
  });
});
