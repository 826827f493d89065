import { defineConfig } from "vitest/config";

/** The set-up in fresh clones, for real: minutes, so `.ci/run` runs it and `npm test` does not. */
export default defineConfig({
  test: {
    include: ["test/setup/*.slow.ts"],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
