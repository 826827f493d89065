import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";

import { liveText } from "../../src/notebook/live-text.ts";
import { closePage, openPage, printed, withCi } from "./host.ts";

afterEach(closePage);

test("a text is rewritten in one place and ends with the last one", async () => {
  await withCi(undefined, async () => {
    const page = openPage();
    const live = liveText();
    live.update("step 0");
    live.update("step 100");
    await sleep(300);
    live.update("step 500");
    await live.done();

    expect(new Set(page.map(({ options }) => options.id)).size).toBe(1);
    expect(page.map(({ options }) => options.update)).toEqual(page.map((_, i) => i > 0));
    expect(page.map(({ bundle }) => bundle["text/plain"])).toContain("step 100");
    expect(page.at(-1)?.bundle).toEqual({ "text/plain": "step 500" });
  });
});

test("a script prints the last text once", async () => {
  const text = await printed(async () => {
    const live = liveText();
    live.update("step 0");
    live.update("step 500");
    await live.done();
  });

  expect(text).toBe("step 500\n");
});
