/** Where the engine `tensorflow` must load, so that a set-up that broke it is seen; elsewhere it may. */
import { existsSync } from "node:fs";
import { join } from "node:path";

import { packageFolder } from "../../src/backend/tensorflow/addon.ts";

interface Report {
  readonly header: { readonly glibcVersionRuntime?: string };
}

/** On Linux x86-64 with glibc the set-up always builds it; elsewhere it is tested where it was built. */
export const tensorFlowIsRequired: boolean =
  (process.platform === "linux" &&
    process.arch === "x64" &&
    (process.report.getReport() as unknown as Report).header.glibcVersionRuntime !== undefined) ||
  existsSync(join(packageFolder(), "lib", "napi-v8", "tfjs_binding.node"));
