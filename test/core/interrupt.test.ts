import { afterEach, describe, expect, it } from "vitest";

import {
  breathe,
  Interrupted,
  isStopping,
  stopFlag,
  throwIfStopping,
} from "../../src/core/interrupt.ts";

afterEach(() => Atomics.store(stopFlag, 0, 0));

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
    Atomics.store(stopFlag, 0, 1);
    await expect(breathe()).rejects.toThrow(new Interrupted());
    Atomics.store(stopFlag, 0, 0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const turning = breathe();
    Atomics.store(stopFlag, 0, 1);
    await expect(turning).rejects.toThrow("stopped by the reader");
  });
});

describe("the flag of Stop", () => {
  it("is seen by loops that cannot await", () => {
    expect(isStopping()).toBe(false);
    expect(() => throwIfStopping()).not.toThrow();
    Atomics.store(stopFlag, 0, 1);
    expect(isStopping()).toBe(true);
    expect(() => throwIfStopping()).toThrow(Interrupted);
  });
});
