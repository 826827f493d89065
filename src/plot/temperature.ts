/**
 * The distribution that a model samples from, with a slider for the temperature.
 *
 * probability of i = exp(logit i / temperature) / sum over all j of exp(logit j / temperature).
 * The slider works on the words that are drawn: their probabilities add up to 1.
 *
 * Source:  Hinton et al. (2015), section 2, https://arxiv.org/abs/1503.02531
 * Chapter: notebooks/00-start.ipynb
 */
import { bars, pairsOf, type Amounts } from "./bars.ts";
import type { Chart } from "./chart.ts";
import { finiteNumbers } from "./expect.ts";
import { slider, type Slider } from "./slider.ts";

export interface TemperatureOptions {
  /** A sentence that says what is seen. Default: computed from the data. */
  readonly title?: string;
  /** What the names are. Default: "word". */
  readonly label?: string;
  /** Default: 0.1 to 3 in steps of 0.1, shown at 1. */
  readonly temperature?: Slider;
}

/** Bars of the probabilities of words by their logits, which a slider makes sharper or flatter; throws a `DataError` for logits that are not finite. */
export function temperatureBars(logits: Amounts, options: TemperatureOptions = {}): Chart {
  const {
    temperature = slider("temperature", { from: 0.1, to: 3, step: 0.1, start: 1 }),
    label = "word",
  } = options;
  const pairs = pairsOf(logits);
  const raw = finiteNumbers(
    "temperatureBars",
    pairs.map(([, logit]) => logit),
  );
  // Shifted so that the largest is 0 and exp never overflows, here or in the browser.
  const most = raw.reduce((a, b) => Math.max(a, b));
  const shifted = raw.map((logit) => logit - most);
  const parts = shifted.map((logit) => Math.exp(logit / temperature.start));
  const whole = parts.reduce((a, b) => a + b);
  return bars(
    pairs.map(([name], i) => [name, (parts[i] ?? 0) / whole] as const),
    {
      ...(options.title === undefined ? {} : { title: options.title }),
      value: "probability",
      label,
      most: pairs.length,
      recompute: {
        sliders: [temperature],
        expression: `exp(datum.raw / ${temperature.name})`,
        raw: shifted,
        share: true,
      },
    },
  );
}
