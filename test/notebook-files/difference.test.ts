import { describe, expect, test } from "vitest";

import { differences } from "../../src/notebook-files/difference.ts";
import type { Output } from "../../src/notebook-files/notebook.ts";
import { codeCell, notebookOf, printed, textCell } from "./small-notebook.ts";

const show = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});

const compare = (stored: Output[], fresh: Output[], metadata = {}) =>
  differences(
    notebookOf(textCell("# A"), codeCell("f()", { outputs: stored, metadata })),
    notebookOf(textCell("# A"), codeCell("f()", { outputs: fresh, metadata })),
  );

describe("differences", () => {
  test("are none between equal outputs, whatever the order of their keys", () => {
    const chart = { "text/plain": "a", "application/json": { a: [1, { b: null }], c: 2 } };
    const turned = { "application/json": { c: 2, a: [1, { b: null }] }, "text/plain": "a" };

    expect(compare([printed("1\n"), show(chart)], [printed("1\n"), show(turned)])).toEqual([]);
  });

  test("name the cell, the output and the place in it", () => {
    expect(compare([printed("loss 3.1\n")], [printed("loss 3.2\n")])).toEqual([
      'cell 2, output 1 text: stored "loss 3.1\\n", got "loss 3.2\\n"',
    ]);
    expect(
      compare(
        [show({ "application/json": { values: [1, 2] } })],
        [show({ "application/json": { values: [1, 3, 4] } })],
      ),
    ).toEqual(["cell 2, output 1 data application/json values 1: stored 2, got 3"]);
    expect(
      compare([show({ "text/plain": "a" })], [show({ "text/plain": "a", "text/html": "b" })]),
    ).toEqual(['cell 2, output 1 data text/html: stored nothing, got "b"']);
  });

  test("name an output that is missing, one too many, and one of another kind", () => {
    expect(compare([printed("a")], [])).toEqual(["cell 2, output 1: stored stream, got none"]);
    expect(compare([printed("a")], [printed("a"), show({})])).toEqual([
      "cell 2, output 2: stored none, got display_data",
    ]);
    expect(compare([printed("a")], [show({})])[0]).toBe(
      'cell 2, output 1 output_type: stored "stream", got "display_data"',
    );
  });

  test("show long texts from shortly before the place where they part", () => {
    const long = "x".repeat(500);

    expect(compare([printed(`${long}1`)], [printed(`${long}2`)])).toEqual([
      `cell 2, output 1 text: stored "${"x".repeat(20)}1", got "${"x".repeat(20)}2"`,
    ]);
  });

  test("say of pictures only that they differ", () => {
    expect(compare([show({ "image/png": "aGk=" })], [show({ "image/png": "aGl=" })])).toEqual([
      "cell 2, output 1 data image/png: another picture",
    ]);
  });

  test("are not looked for in cells tagged varies, and counts are no content", () => {
    const result = (count: number): Output => ({
      output_type: "execute_result",
      data: {},
      metadata: {},
      execution_count: count,
    });

    expect(compare([printed("1 s")], [printed("2 s")], { tags: ["varies"] })).toEqual([]);
    expect(compare([result(1)], [result(2)])).toEqual([]);
  });
});
