/**
 * The distribution that a model samples from, with the three knobs by which one turns it.
 *
 *   temperature   probability of i = exp(logit i / temperature) / sum over all j of exp(logit j / temperature)
 *   top k         only the k likeliest stay
 *   top p         of these the fewest that reach p together
 *
 * Whatever stays is divided by its sum. The sliders work on all tokens, also on those that are not drawn.
 *
 * Source:  Holtzman et al. (2020), section 3, https://arxiv.org/abs/1904.09751, on all three
 * Chapter: notebooks/12-gpt.ipynb
 */
import { bars, pairsOf, type Amounts } from "./bars.ts";
import type { Chart } from "./chart.ts";
import { finiteNumbers } from "./expect.ts";
import { slider } from "./slider.ts";

export interface SamplingOptions {
  /** A sentence that says what is seen. Default: computed from the data. */
  readonly title?: string;
  /** What the names are. Default: "token". */
  readonly label?: string;
  /** How many bars are drawn, the likeliest first. Default: 15. */
  readonly most?: number;
}

/** Bars of the probabilities of tokens by their logits, with sliders for temperature, top k and top p, shown at 1, all and 1; throws a `DataError` for logits that are not finite. */
export function samplingBars(logits: Amounts, options: SamplingOptions = {}): Chart {
  const { title, label = "token", most = 15 } = options;
  const pairs = pairsOf(logits);
  const raw = finiteNumbers(
    "samplingBars",
    pairs.map(([, logit]) => logit),
  );
  // Shifted so that the largest is 0 and exp never overflows, here or in the browser.
  const largest = raw.reduce((a, b) => Math.max(a, b));
  const shifted = raw.map((logit) => logit - largest);
  const whole = shifted.reduce((sum, logit) => sum + Math.exp(logit), 0);
  const V = pairs.length;
  return bars(
    pairs.map(([name], i) => [name, Math.exp(shifted[i] ?? 0) / whole] as const),
    {
      ...(title === undefined ? {} : { title }),
      value: "probability",
      label,
      most,
      order: "largest",
      recompute: {
        sliders: [
          slider("temperature", { from: 0.1, to: 3, step: 0.1, start: 1 }),
          slider("top_k", { from: 1, to: V, step: 1, start: V }),
          slider("top_p", { from: 0.05, to: 1, step: 0.05, start: 1 }),
        ],
        expression: "exp(datum.raw / temperature)",
        raw: shifted,
        share: true,
        cut: { count: "top_k", mass: "top_p" },
      },
    },
  );
}
