import { describe, expect, test } from "vitest";

import { hidePaths, mergeStreams } from "../../src/notebook-files/outputs.ts";
import type { Output } from "../../src/notebook-files/notebook.ts";
import { printed } from "./small-notebook.ts";

const warning: Output = { output_type: "stream", name: "stderr", text: "!" };

describe("mergeStreams", () => {
  test("joins what one stream wrote in a row, and keeps the order of everything", () => {
    const chart: Output = { output_type: "display_data", data: {}, metadata: {} };

    expect(
      mergeStreams([
        printed("1"),
        printed("2"),
        warning,
        warning,
        printed("3"),
        chart,
        printed("4"),
      ]),
    ).toEqual([printed("12"), { ...warning, text: "!!" }, printed("3"), chart, printed("4")]);
  });
});

describe("hidePaths", () => {
  const places = [
    { folder: "/home/ada/glass box", shown: "." },
    { folder: "/home/ada", shown: "~" },
  ];

  test.each([
    ["at /home/ada/glass box/src/a.ts:3", "at ./src/a.ts:3"],
    ["(file:///home/ada/data.txt)", "(~/data.txt)"],
    ["in /home/ada.", "in ~."],
    ["'/home/ada' is a folder", "'~' is a folder"],
    ["/mnt/home/ada/x", "/mnt/home/ada/x"],
    [
      "/home/adam/x and /home/ada-b and /home/ada.old",
      "/home/adam/x and /home/ada-b and /home/ada.old",
    ],
  ])("%s", (text, expected) => {
    expect(hidePaths(printed(text), places)).toEqual(printed(expected));
  });

  test("reaches tracebacks and charts, and leaves the letters of pictures alone", () => {
    const failure: Output = {
      output_type: "error",
      ename: "E",
      evalue: "no /home/ada/x",
      traceback: ["at /home/ada/x"],
    };
    const chart: Output = {
      output_type: "display_data",
      data: {
        "application/json": { url: ["/home/ada/x.json"] },
        "image/png": "/home/ada/",
        "image/svg+xml": "<a href='/home/ada/'/>",
      },
      metadata: {},
    };

    expect(hidePaths(failure, places)).toEqual({
      ...failure,
      evalue: "no ~/x",
      traceback: ["at ~/x"],
    });
    expect(hidePaths(chart, places)).toMatchObject({
      data: {
        "application/json": { url: ["~/x.json"] },
        "image/png": "/home/ada/",
        "image/svg+xml": "<a href='~/'/>",
      },
    });
  });

  test("a home at the root of the disk hides nothing", () => {
    expect(hidePaths(printed("cd / ; ls"), [{ folder: "/", shown: "~" }])).toEqual(
      printed("cd / ; ls"),
    );
  });
});
