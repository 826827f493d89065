/**
 * The networks that the benchmark of the compiler times, by name.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/00-start.ipynb
 */
import { convolutional } from "./convolutional.ts";
import { gpt } from "./gpt.ts";
import type { Network } from "./network.ts";
import { recurrent } from "./recurrent.ts";

/** The largest first; engines without graphs are timed on it alone. */
export const networks: Readonly<Record<string, () => Network>> = {
  gpt,
  lstm: recurrent,
  cnn: convolutional,
};
