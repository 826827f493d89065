/**
 * A text that changes while the work goes on, such as what a model writes after each hundred steps.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#update-display-data
 * Chapter: notebooks/13-pre-training.ipynb
 */
import type { MimeBundle } from "../kernel/contract.ts";
import { InPlace } from "./in-place.ts";

/** The handle of a text that is rewritten in place. */
export interface LiveText {
  /** Shows a newer text in the place of the last one, at most five times a second. */
  update(text: string): void;
  /** Shows the last text; `each` calls this at its end. */
  done(): Promise<void>;
}

/** A place below the running cell for a text that changes; the first `update` opens it. */
export function liveText(): LiveText {
  const bundle = (text: string): MimeBundle => ({ "text/plain": text });
  const output = new InPlace<string>({
    draft: bundle,
    final: (text) => ({ bundle: bundle(text) }),
  });
  return {
    update: (text) => output.update(text),
    done: () => output.settle(),
  };
}
