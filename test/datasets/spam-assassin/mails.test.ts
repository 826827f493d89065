import { describe, expect, test } from "vitest";

import { mails } from "../../../datasets/spam-assassin/mails.ts";
import { statedSizes } from "../stated-sizes.ts";

describe("mails", () => {
  test("begin with a wanted mail of a mailing list", () => {
    const [first] = mails();

    expect(first).toMatchObject({ label: "ham", group: "easy-ham-1" });
    expect(first?.text).toMatch(/^Subject: Re: New Sequences Window$/m);
  });

  test("are labelled as their group says", () => {
    const labels = [...new Set(mails().map(({ group, label }) => `${group} ${label}`))];

    expect(labels.sort()).toEqual([
      "easy-ham-1 ham",
      "easy-ham-2 ham",
      "hard-ham-1 ham",
      "spam-1 spam",
      "spam-2 spam",
    ]);
  });

  test("have a header, an empty line and a body", () => {
    expect(mails().filter(({ text }) => !/^[^\n]+:? [^]*?\n\n/.test(text))).toEqual([]);
  });

  test("have the sizes that the data set's README states", () => {
    const all = mails();
    const sum = (sizes: readonly number[]): number => sizes.reduce((a, b) => a + b, 0);

    expect(statedSizes("spam-assassin")).toEqual([
      all.length,
      all.filter(({ label }) => label === "spam").length,
      all.filter(({ label }) => label === "ham").length,
      all.filter(({ group }) => group === "hard-ham-1").length,
      sum(all.map(({ text }) => text.length)),
      sum(all.map(({ text }) => Buffer.byteLength(text))),
      all.filter(({ text }) => text.includes("\ufffd")).length,
    ]);
  });

  test("are read from disk once", () => {
    expect(mails()).toBe(mails());
  });
});
