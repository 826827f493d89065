/** `npm run setup`: what `npm run lab` and `npm test` share, alone. ES5, see node-version.cjs. */
"use strict";

if (require("./node-version.cjs").nodeWillDo()) {
  require("./terminal/main.cjs").main(function () {
    return require("./steps/prepare.cjs").prepare();
  });
}
