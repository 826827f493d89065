import { defineConfig } from "vitest/config";

/** JupyterLab in Chromium, as a reader meets it: minutes, so `.ci/run` runs it and `npm test` does not. */
// eslint-disable-next-line no-restricted-syntax -- vitest reads the default export
export default defineConfig({
  test: {
    include: ["test/browser/*.slow.ts"],
    globalSetup: ["test/browser/lab-server.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
