import { defineConfig } from "vitest/config";

/** The set-up in fresh clones, for real: minutes, so `.ci/run` runs it and `npm test` does not. */
// eslint-disable-next-line no-restricted-syntax -- vitest reads the default export
export default defineConfig({
  test: {
    include: ["test/setup/*.slow.ts"],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
