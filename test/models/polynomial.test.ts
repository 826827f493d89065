import { expect, test } from "vitest";

import { ConfigError, DataError } from "../../src/core/errors.ts";
import { Random } from "../../src/core/random.ts";
import { fitPolynomial, typicalError } from "../../src/models/polynomial.ts";

const years = Array.from({ length: 20 }, (_, i) => 1800 + 10 * i);

test("points on a cubic give that cubic back, between and beyond them", () => {
  const cubic = (x: number): number => 2 - (x - 1890) / 50 + ((x - 1900) / 60) ** 3;
  const fitted = fitPolynomial({ x: years, y: years.map(cubic) }, { degree: 3 });
  for (const x of [1800, 1817.5, 1900, 2040]) expect(fitted(x)).toBeCloseTo(cubic(x), 9);
});

test("degree 0 is the mean, and degree 1 the line of the textbook's formula", () => {
  const [x, y] = [
    [1, 2, 4, 5],
    [3, 5, 4, 8],
  ];
  expect(fitPolynomial({ x, y }, { degree: 0 })(99)).toBe(5);
  // Means 3 and 5; slope Σ(x−3)(y−5) / Σ(x−3)² = (4 + 0 − 1 + 6) / (4 + 1 + 1 + 4) = 0.9.
  const line = fitPolynomial({ x, y }, { degree: 1 });
  expect(line(3)).toBeCloseTo(5, 12);
  expect(line(4) - line(3)).toBeCloseTo(0.9, 12);
});

test("a degree one below the number of points goes through all of them", () => {
  const random = new Random(1);
  const y = years.map(() => 40 * random.uniform());
  const fitted = fitPolynomial({ x: years, y }, { degree: 19 });
  expect(typicalError(fitted, { x: years, y })).toBeLessThan(1e-8);
});

test("errors are perpendicular to every power up to the degree: none could be made smaller", () => {
  const random = new Random(2);
  const y = years.map(() => 40 * random.uniform());
  const fitted = fitPolynomial({ x: years, y }, { degree: 4 });
  for (let power = 0; power <= 4; power++) {
    const sum = years.reduce((s, x, i) => s + (y[i]! - fitted(x)) * ((x - 1895) / 95) ** power, 0);
    expect(sum).toBeCloseTo(0, 9);
  }
});

test("the domain changes how it is computed, not what comes out", () => {
  const y = years.map((x, i) => Math.sin(x) + i);
  const near = fitPolynomial({ x: years, y }, { degree: 5 });
  const wide = fitPolynomial({ x: years, y }, { degree: 5, domain: [1700, 2100] });
  expect(wide(1955)).toBeCloseTo(near(1955), 8);
});

test("the typical error is the root of the mean square", () => {
  expect(typicalError(() => 0, { x: [1, 2], y: [3, -4] })).toBeCloseTo(Math.sqrt(12.5), 12);
});

test("degrees that the points do not determine, and points that are none, are refused", () => {
  const two = { x: [1, 1, 2], y: [1, 2, 3] };
  expect(() => fitPolynomial(two, { degree: 2 })).toThrow(
    new ConfigError(
      "fitPolynomial: expected a degree from 0 to 1 for 2 different x, got 2; give more points or a smaller degree",
    ),
  );
  expect(() => fitPolynomial(two, { degree: 1, domain: [3, 3] })).toThrow(
    new ConfigError(
      "fitPolynomial: expected a domain [low, high] with low < high, got [3, 3]; leave it out to take that of the points",
    ),
  );
  expect(() => fitPolynomial({ x: [1], y: [] }, { degree: 0 })).toThrow(
    new DataError(
      "fitPolynomial: expected as many x as y, and at least one, got 1 and 0; cut the longer list",
    ),
  );
  expect(() => fitPolynomial({ x: [1, 2], y: [NaN, 2] }, { degree: 0 })).toThrow(
    new DataError("fitPolynomial: expected finite numbers, got NaN; leave that point out"),
  );
});
