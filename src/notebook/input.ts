/**
 * Asks the reader: the importable twin of the `input` that our kernel gives to every cell.
 *
 * Stock tslab has no way to ask. A notebook that imports this still runs there up to the question and
 * then reads why, or looks at `input.available` first and answers in the reader's place.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { cellHost } from "../kernel/contract.ts";
import { inNotebook } from "./screen.ts";

/** `await input("Your name?")` resolves with the line that the reader types. */
export interface Input {
  (question: string, options?: { readonly password?: boolean }): Promise<string>;
  /** Does the front end answer? */
  readonly available: boolean;
}

/** Asks the reader and resolves with the answer; rejects with a `ConfigError` where nothing can ask. */
export const input: Input = Object.defineProperty(ask, "available", {
  get: () => cellHost()?.inputAvailable ?? false,
}) as unknown as Input;

async function ask(question: string, options?: { readonly password?: boolean }): Promise<string> {
  const host = cellHost();
  if (host !== undefined) return host.input(question, options);
  const where = inNotebook() ? "stock tslab, which cannot ask" : "no notebook";
  throw new ConfigError(
    `input: expected a kernel that can ask, got ${where}; start the course with \`npm run lab\`, or look at input.available first`,
  );
}
