/** The end of `.ci/run`: every check with its counts, then `N passed, N failed` alone on the last line. */
"use strict";

const { green, print, red } = require("../terminal/progress.cjs");
const { allResults } = require("./result.cjs");

const results = allResults();
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);

print();
for (const { name, passed, failed } of results)
  print(
    `  ${failed === 0 ? green("✓") : red("✗")} ${name.padEnd(24)} ${passed} passed, ${failed} failed`,
  );
print(`\n${total("passed")} passed, ${total("failed")} failed`);
process.exitCode = total("failed") === 0 && total("passed") > 0 ? 0 : 1;
