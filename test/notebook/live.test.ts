import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";

import { liveChart } from "../../src/notebook/live.ts";
import { line } from "../../src/plot/line.ts";
import { closePage, openPage, printed, withCi } from "./host.ts";

const upTo = (n: number) =>
  line(
    { name: "train", y: Array.from({ length: n }, (_, i) => i) },
    { x: "step", y: "loss", title: `${String(n)} points` },
  );

afterEach(closePage);

/** One update every 10 ms, for a second. */
async function hundredUpdates(live: ReturnType<typeof liveChart>): Promise<void> {
  for (let n = 1; n <= 100; n++) {
    live.update(upTo(n));
    await sleep(10);
  }
}

test("a live chart is redrawn in one place, at most five times a second, and ends with the last state", async () => {
  const page = await withCi(undefined, async () => {
    const sent = openPage();
    const live = liveChart();
    await hundredUpdates(live);
    await live.done();
    return sent;
  });
  const drafts = page.slice(0, -1);

  expect(new Set(page.map(({ options }) => options.id)).size).toBe(1);
  expect(page.map(({ options }) => options.update)).toEqual([
    false,
    ...Array<boolean>(page.length - 1).fill(true),
  ]);
  drafts.slice(1).forEach(({ at }, i) => expect(at - (drafts[i]?.at ?? 0)).toBeGreaterThan(190));
  expect(drafts.length).toBeGreaterThan(3);
  expect(drafts.every(({ bundle }) => !("image/png" in bundle))).toBe(true);
  expect(page.at(-1)?.bundle["text/plain"]).toContain("100 points");
  expect(page.at(-1)?.bundle).toHaveProperty("image/png");
});

test("a state that came too soon is drawn when nothing newer comes, and in full after a second", async () => {
  await withCi(undefined, async () => {
    const page = openPage();
    const live = liveChart();
    live.update(upTo(1));
    live.update(upTo(2));
    await sleep(400);
    expect(page.map(({ bundle }) => "image/png" in bundle)).toEqual([false, false]);
    expect(page[1]?.bundle["text/plain"]).toContain("2 points");
    await sleep(1500);
    expect(page.map(({ bundle }) => "image/png" in bundle)).toEqual([false, false, true]);
  });
});

test("a loop that never lets go is drawn as well", async () => {
  await withCi(undefined, async () => {
    const page = openPage();
    const live = liveChart();
    const end = performance.now() + 500;
    while (performance.now() < end) live.update(upTo(3));
    expect(page).toHaveLength(3);
    await live.done();
  });
});

test("a state that comes while the last one is drawn in full is not drawn over", async () => {
  await withCi(undefined, async () => {
    const page = openPage();
    const live = liveChart();
    live.update(upTo(1));
    await sleep(250);
    const done = live.done();
    live.update(upTo(2));
    await done;
    expect(page.at(-1)?.bundle["text/plain"]).toContain("2 points");
    await live.done();
  });
});

test("in a test or a build only its place and its last state are sent", async () => {
  const page = await withCi("true", async () => {
    const sent = openPage();
    const live = liveChart();
    await hundredUpdates(live);
    await live.done();
    return sent;
  });

  expect(page.map(({ options }) => options.update)).toEqual([false, true]);
  expect(page[1]?.bundle["text/plain"]).toContain("100 points");
});

test("a script prints the last state once", async () => {
  const text = await printed(async () => {
    const live = liveChart();
    live.update(upTo(1));
    live.update(upTo(2));
    await live.done();
    await live.done();
  });

  expect(text).toBe(`${upTo(2).alt}\n`);
});
