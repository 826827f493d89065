/** `npm test`: set up what is missing, then check everything that is quick. ES5, see node-version.cjs. */
"use strict";

if (require("./node-version.cjs").nodeWillDo()) {
  require("./terminal/main.cjs").main(function () {
    return require("./checks/all.cjs").checkAll(process.argv.slice(2));
  });
}
