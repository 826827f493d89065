/**
 * A slider under a chart that works without the kernel.
 *
 * Vega-Lite binds a named value to an input of the page; expressions of the chart use the name. What
 * is printed (PNG, alt text) is the chart at the slider's start.
 *
 * Source:  https://vega.github.io/vega-lite/docs/bind.html
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { say } from "./numbers.ts";

/** A number that the reader moves. */
export interface Slider {
  /** Its name in expressions: letters and digits. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly start: number;
}

/** A Vega-Lite variable parameter bound to a range input. */
export interface SliderParameter {
  name: string;
  value: number;
  bind: { input: "range"; min: number; max: number; step: number; name: string };
}

/** A slider called `name`; throws a `ConfigError` when the start is not between the ends or the name is no word. */
export function slider(
  name: string,
  { from, to, step, start }: { from: number; to: number; step: number; start: number },
): Slider {
  if (!/^[A-Za-z]\w*$/.test(name))
    throw new ConfigError(
      `slider: expected a name of letters and digits, got ${JSON.stringify(name)}; expressions use it`,
    );
  if (!(from < to && step > 0 && step <= to - from && start >= from && start <= to))
    throw new ConfigError(
      `slider "${name}": expected from < to, a step that fits and a start between them, got from ${String(from)}, to ${String(to)}, step ${String(step)}, start ${String(start)}`,
    );
  return { name, from, to, step, start };
}

/** The slider as a parameter of a specification. */
export function sliderParameter({ name, from, to, step, start }: Slider): SliderParameter {
  return {
    name,
    value: start,
    bind: { input: "range", min: from, max: to, step, name: `${name} ` },
  };
}

/** The slider in words, for the alt text. */
export function sliderWords({ name, from, to, start }: Slider): string {
  return `A slider changes ${name} from ${say(from)} to ${say(to)}; shown at ${say(start)}.`;
}
