import { afterEach, expect, test } from "vitest";

import { ConfigError } from "../../src/core/errors.ts";
import { input } from "../../src/notebook/input.ts";
import { closePage, openPage } from "./host.ts";

afterEach(closePage);

test("the question goes to the kernel and the answer comes back", async () => {
  openPage(["Ishmael"]);

  expect(input.available).toBe(true);
  expect(await input("Your name?")).toBe("Your name? Ishmael");
});

test("without a kernel that asks, the error says what to do", async () => {
  expect(input.available).toBe(false);
  await expect(input("Your name?")).rejects.toThrow(
    new ConfigError(
      "input: expected a kernel that can ask, got no notebook; start the course with `npm run lab`, or look at input.available first",
    ),
  );
});

test("a front end that takes no input is known before asking", () => {
  openPage();

  expect(input.available).toBe(false);
});
