import { expect, test } from "vitest";

import { series } from "../../src/plot/palette.ts";

type Color = [number, number, number];

/** Machado et al. (2009), table 1, severity 1: what protan, deutan and tritan eyes see of linear RGB. */
const eyes: Record<string, number[][]> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): Color {
  return [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Color;
}

function seen(color: Color, matrix: number[][]): Color {
  return matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, m, i) => sum + m * (color[i] ?? 0), 0),
      ),
    ),
  ) as Color;
}

function luminance([r, g, b]: Color): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** CIE L*a*b*, D65. */
function lab(color: Color): Color {
  const [r, g, b] = color;
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(luminance(color));
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(a: Color, b: Color): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
}

test.each(Object.entries(eyes))(
  "any two of the six colours differ clearly to %s eyes",
  (_, matrix) => {
    const labs = series.map((hex) => lab(seen(linear(hex), matrix)));
    const pairs = labs.flatMap((a, i) => labs.slice(i + 1).map((b) => distance(a, b)));

    // 2.3 is where two colours begin to differ; small dots and thin lines need several times that.
    expect(Math.min(...pairs)).toBeGreaterThan(18);
  },
);

test("each colour stands out on white and on JupyterLab's dark #333", () => {
  const dark = luminance(linear("#333333"));
  for (const hex of series) {
    const own = luminance(linear(hex));
    expect(1.05 / (own + 0.05)).toBeGreaterThan(2.4);
    expect((own + 0.05) / (dark + 0.05)).toBeGreaterThan(2.4);
  }
});
