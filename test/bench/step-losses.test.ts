import { expect, test } from "vitest";

import { compareLosses } from "../../src/bench/step-losses.ts";

const falling = Array.from({ length: 12 }, (_, step) => 4 / (step + 1));

test("sides that lose the same are said to, with the losses of some steps", () => {
  const rounded = falling.map((loss) => loss * (1 + 4e-6));
  expect(
    compareLosses([
      { name: "eager", losses: falling },
      { name: "compiled", losses: rounded },
    ]),
  ).toBe(
    "the losses of all 2 sides agree to five digits over 12 steps: 4.00000 at step 1, 0.400000 at step 10, 0.333333 at step 12",
  );
});

test.each([
  ["a larger loss", 0.5 * (1 + 2e-5), "0.500010"],
  ["no number", NaN, "NaN"],
])("the first step at which a side has %s is named", (_, loss, text) => {
  const other = falling.map((each, step) => (step === 7 ? loss : each));
  expect(
    compareLosses([
      { name: "eager", losses: falling },
      { name: "PyTorch", losses: other },
    ]),
  ).toBe(
    `the losses agree to five digits for 7 steps; at step 8 eager has 0.500000, PyTorch ${text}, and at step 12 eager 0.333333, PyTorch 0.333333`,
  );
});
