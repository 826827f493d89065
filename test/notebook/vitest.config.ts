import { defineConfig } from "vitest/config";

/** Every chapter under stock tslab: minutes, so `.ci/run` runs it and `npm test` does not. */
// eslint-disable-next-line no-restricted-syntax -- vitest reads the default export
export default defineConfig({
  test: {
    include: ["test/notebook/*.slow.ts"],
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
