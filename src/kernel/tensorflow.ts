/**
 * What cells expect of TensorFlow.js: tensors that print well, and no advertisement on stderr.
 *
 * Source:  https://nodejs.org/api/util.html#utilinspectcustom; tfjs-backend-cpu 4.22, backend_cpu.ts, `write`
 * Chapter: notebooks/00-start.ipynb
 */
import { createRequire } from "node:module";
import { inspect } from "node:util";

import { tensorText, type TensorLike } from "./tensor-text.ts";

interface Core {
  readonly Tensor: { readonly prototype: object };
  findBackendFactory(name: string): (() => object) | undefined;
}

const require = createRequire(import.meta.url);
const corePath = require.resolve("@tensorflow/tfjs-core");
let met: unknown;

/** To be called when TensorFlow.js may have been loaded; does its work once, and only then. */
export function meetTensorFlow(): void {
  const core = require.cache[corePath]?.exports as Partial<Core> | undefined;
  if (core?.Tensor === undefined || core.findBackendFactory === undefined || core === met) return;
  met = core;
  Object.defineProperty(core.Tensor.prototype, inspect.custom, {
    value(this: TensorLike): string {
      return tensorText(this);
    },
  });
  // At its first use the plain backend prints advice to install another package; which instance of
  // it that will be is not known yet, so its class says that the first use is over.
  const cpu = core.findBackendFactory("cpu")?.();
  if (cpu === undefined) return;
  const quiet = { get: () => false, set: () => undefined, configurable: true };
  Object.defineProperty(Object.getPrototypeOf(cpu), "firstUse", quiet);
}
