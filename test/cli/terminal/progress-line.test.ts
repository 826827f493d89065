import { expect, test } from "vitest";

import {
  duration,
  ProgressLine,
  type ProgressLineOptions,
} from "../../../src/cli/terminal/progress-line.ts";

/** A line whose clock the test sets, and what it has written. */
function line(
  isTTY: boolean,
  { columns, ...options }: Omit<ProgressLineOptions, "now"> & { columns?: number } = {},
): {
  readonly progress: ProgressLine;
  readonly at: (ms: number, done: number, what?: string) => void;
  readonly written: string[];
} {
  let time = 1000;
  const written: string[] = [];
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  const progress = new ProgressLine("job", stream, { ...options, now: () => time });
  const at = (ms: number, done: number, what?: string): void => {
    time = 1000 + ms;
    progress.at(done, what);
  };
  return { progress, at, written };
}

test("a job of less than two seconds says nothing", () => {
  const { at, progress, written } = line(true);
  at(100, 0.1);
  at(1999, 0.9);
  progress.end();

  expect(written).toEqual([]);
});

test("into a file goes a line at two seconds, then one every ten, with the time left", () => {
  const { at, progress, written } = line(false);
  at(2000, 0, "seed 1 of 10");
  at(11_000, 0.5);
  at(12_000, 0.2, "seed 2 of 10");
  at(21_999, 0.9);
  progress.end();

  // 12 s for a fifth: 48 s for the rest.
  expect(written).toEqual(["job: seed 1 of 10, 0 %\n", "job: seed 2 of 10, 20 %, 48 s left\n"]);
});

test("on a terminal one line is rewritten, and gone at the end", () => {
  const { at, progress, written } = line(true);
  at(4000, 0.25);
  at(4100, 0.26);
  at(4200, 0.5);
  progress.end();
  progress.end();

  expect(written).toEqual([
    "\r\x1b[Kjob: 25 %, 12 s left",
    "\r\x1b[Kjob: 50 %, 4 s left",
    "\r\x1b[K",
  ]);
});

test("long times are in minutes", () => {
  expect([duration(8.4), duration(119), duration(200)]).toEqual(["8 s", "119 s", "3 min 20 s"]);
});

test("a bar is drawn on a terminal alone, and what matters most stands behind it", () => {
  const live = line(true, { bar: true });
  live.at(2000, 0.53125, "loss 1.20");
  const file = line(false, { bar: true });
  file.at(2000, 0.5, "loss 1.20");

  expect(live.written).toEqual(["\r\x1b[Kjob ▕██████████▋         ▏ 53 %, 2 s left, loss 1.20"]);
  expect(file.written).toEqual(["job: loss 1.20, 50 %, 2 s left\n"]);
});

test("a line ends where the terminal does, for what wraps could not be taken back", () => {
  const narrow = line(true, { columns: 12 });
  narrow.at(2000, 0.5, "a long word");

  expect(narrow.written).toEqual(["\r\x1b[Kjob: a long "]);
});

test("what an earlier process has done takes none of this one's time", () => {
  const resumed = line(false, { from: 0.5 });
  resumed.at(2000, 0.6);

  // 2 s for a tenth: 8 s for the other four.
  expect(resumed.written).toEqual(["job: 60 %, 8 s left\n"]);
});
