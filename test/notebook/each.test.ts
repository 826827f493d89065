import { afterEach, expect, test } from "vitest";

import { Interrupted, stopFlag } from "../../src/core/interrupt.ts";
import { each } from "../../src/notebook/each.ts";
import { liveChart } from "../../src/notebook/live.ts";
import { line } from "../../src/plot/line.ts";
import { closePage, openPage } from "./host.ts";

afterEach(() => {
  stopFlag.fill(0);
  closePage();
});

/** Counts up and notes when it is closed. */
async function* counter(to: number, closed: string[]): AsyncGenerator<number, void> {
  try {
    for (let i = 0; i < to; i++) yield await Promise.resolve(i);
  } finally {
    closed.push("closed");
  }
}

test("the handler gets every event in order, each after the one before is handled", async () => {
  const seen: string[] = [];
  await each(counter(3, seen), async (i) => {
    seen.push(`begin ${String(i)}`);
    await new Promise(setImmediate);
    seen.push(`end ${String(i)}`);
  });

  expect(seen).toEqual(["begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2", "closed"]);
});

test("a list is a stream too", async () => {
  const seen: number[] = [];
  await each([1, 2], (i) => seen.push(i));

  expect(seen).toEqual([1, 2]);
});

test("Stop ends it between two events, closes the stream, and draws what is there", async () => {
  const page = openPage();
  const live = liveChart();
  const seen: string[] = [];
  const run = each(counter(1000, seen), (i) => {
    seen.push(String(i));
    live.update(line({ name: "train", y: [i, i + 1] }, { x: "step", y: "loss" }));
    if (i === 2) stopFlag.fill(1);
  });

  await expect(run).rejects.toThrow(Interrupted);
  expect(seen).toEqual(["0", "1", "2", "closed"]);
  expect(page.at(-1)?.bundle).toHaveProperty("image/png");
  expect(page.at(-1)?.bundle["text/plain"]).toContain("rises from 2 to 3");
});

test("an error of the handler closes the stream and comes out", async () => {
  const seen: string[] = [];
  const run = each(counter(9, seen), () => {
    throw new RangeError("too far");
  });

  await expect(run).rejects.toThrow(new RangeError("too far"));
  expect(seen).toEqual(["closed"]);
});

test("other work gets its turn during a long stream", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  await each(Array(300).keys(), () => {
    const end = performance.now() + 1;
    while (performance.now() < end);
  });
  clearInterval(timer);

  expect(ticks).toBeGreaterThan(2);
});
