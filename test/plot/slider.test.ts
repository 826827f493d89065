import { expect, test } from "vitest";

import { ConfigError } from "../../src/core/errors.ts";
import { slider, sliderParameter } from "../../src/plot/slider.ts";

test("a slider is a Vega-Lite parameter bound to a range input", () => {
  expect(sliderParameter(slider("beta", { from: 0, to: 1, step: 0.25, start: 0.5 }))).toEqual({
    name: "beta",
    value: 0.5,
    bind: { input: "range", min: 0, max: 1, step: 0.25, name: "beta " },
  });
});

test("a name that is no word and a start outside are refused", () => {
  const ends = { from: 0, to: 1, step: 0.5 };

  expect(() => slider("top p", { ...ends, start: 0 })).toThrow(
    new ConfigError(
      'slider: expected a name of letters and digits, got "top p"; expressions use it',
    ),
  );
  expect(() => slider("p", { ...ends, start: 2 })).toThrow(
    new ConfigError(
      'slider "p": expected from < to, a step that fits and a start between them, got from 0, to 1, step 0.5, start 2',
    ),
  );
});
