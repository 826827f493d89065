#!/usr/bin/env node
/** `npx glassbox NAME`: the doctor, which needs nothing installed, and the commands of src/cli. ES5, see node-version.cjs. */
"use strict";

if (require("../node-version.cjs").nodeWillDo()) {
  require("../terminal/main.cjs").main(function () {
    return require("../commands.cjs").runCommand(process.argv.slice(2));
  });
}
