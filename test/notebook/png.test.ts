import { expect, test } from "vitest";

import { encodePng } from "../../src/notebook/png.ts";
import { pixels } from "./pixels.ts";

/** Pixels of the given colours, each opaque. */
function rgba(colors: readonly number[]): Uint8Array {
  return Uint8Array.from(
    colors.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255, 255]),
  );
}

test("a picture of few colours comes back exactly", () => {
  const colors = [0xff0000, 0x00ff00, 0x0000ff, 0xffffff, 0x000000, 0xff0000];

  expect([...pixels(encodePng(rgba(colors), 3, 2)).rgb]).toEqual(
    colors.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]),
  );
});

test("of more than 256 colours the frequent stay, and a rare one becomes its nearest", () => {
  const frequent = Array.from({ length: 256 }, (_, i) => i * 0x000100);
  const colors = [...frequent, ...frequent, 0x10ab03, 0x00cd02];
  const { rgb } = pixels(encodePng(rgba(colors), 1, colors.length));

  expect([...rgb.subarray(0, 3 * 512)]).toEqual(
    [...frequent, ...frequent].flatMap((color) => [0, color >> 8, 0]),
  );
  expect([...rgb.subarray(3 * 512)]).toEqual([0, 0xab, 0, 0, 0xcd, 0]);
});
