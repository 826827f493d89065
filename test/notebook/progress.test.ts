import { afterEach, expect, test } from "vitest";

import { ConfigError } from "../../src/core/errors.ts";
import { progressBundle } from "../../src/notebook/progress-line.ts";
import { progress } from "../../src/notebook/progress.ts";
import { closePage, openPage, withCi } from "./host.ts";

afterEach(closePage);

test.each([
  [{ count: 0, seconds: 0 }, false, "reading: 0 of 1,200"],
  [{ count: 40, seconds: 0.2 }, false, "reading: 40 of 1,200"],
  [{ count: 400, seconds: 20 }, false, "reading: 400 of 1,200, 20 a second, 40 s left"],
  [{ count: 4, seconds: 20 }, false, "reading: 4 of 1,200, 0.2 a second, 1 h 39 min left"],
  [{ count: 1200, seconds: 185 }, true, "reading: 1,200 of 1,200, in 3 min 5 s"],
  [{ count: 7, seconds: 1.26 }, true, "reading: 7 of 1,200, stopped, in 1.3 s"],
  [{ count: 1200 }, true, "reading: 1,200 of 1,200"],
])("%o, at the end: %s, reads %s", (state, ended, text) => {
  expect(progressBundle({ label: "reading", total: 1200, ...state }, ended)["text/plain"]).toBe(
    text,
  );
});

test("the line has a bar in HTML, and its label cannot break it", () => {
  expect(progressBundle({ label: "<b>", count: 1, total: 2 }, false)["text/html"]).toBe(
    '<span>&#60;b&#62; <progress max="2" value="1" style="width: 12em; vertical-align: middle"></progress> 1 of 2</span>',
  );
});

test("the line stays in its place and ends by itself", async () => {
  await withCi(undefined, async () => {
    const page = openPage();
    const line = progress(3, "reading");
    line.step();
    line.step(2);
    await new Promise(setImmediate);

    expect(new Set(page.map(({ options }) => options.id)).size).toBe(1);
    expect(page[0]?.bundle["text/plain"]).toBe("reading: 0 of 3");
    expect(page.at(-1)?.bundle["text/plain"]).toBe("reading: 3 of 3, in 0.0 s");
  });
});

test("a build sees no clock times, and where the job stopped", async () => {
  await withCi("true", async () => {
    const page = openPage();
    const line = progress(3, "reading");
    line.step();
    await line.done();

    expect(page.at(-1)?.bundle["text/plain"]).toBe("reading: 1 of 3, stopped");
  });
});

test("a total that is none and a step too many are refused", () => {
  expect(() => progress(0, "reading")).toThrow(
    new ConfigError(
      'progress "reading": expected a whole number above 0 of things to do, got 0; count them first',
    ),
  );
  openPage();
  expect(() => progress(1, "reading").step(2)).toThrow(
    new ConfigError('progress "reading": expected at most 1 steps, got 2; give the right total'),
  );
});
