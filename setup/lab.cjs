/** `npm run lab`: set up what is missing, then open JupyterLab. ES5, see node-version.cjs. */
"use strict";

if (require("./node-version.cjs").nodeWillDo()) {
  require("./terminal/main.cjs").main(function () {
    return require("./lab/open.cjs").openLab(process.argv.slice(2));
  });
}
