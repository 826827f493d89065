/**
 * A reporter for vitest that writes { passed, failed } to the file named in GLASSBOX_COUNTS and prints nothing.
 *
 * A file that breaks before its first test, a hook that fails, and an error outside every test, count as failures: else a run could
 * be red with none counted.
 *
 * Source: https://vitest.dev/api/advanced/reporters
 */
import { writeFileSync } from "node:fs";

export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state) => tests.filter((test) => test.result().state === state).length;
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = suites.filter((suite) => suite.errors().length > 0).length;
    const failed = count("failed") + broken + unhandledErrors.length;
    writeFileSync(process.env.GLASSBOX_COUNTS, JSON.stringify({ passed: count("passed"), failed }));
  }
}
