/** A slow suite of vitest, for `.ci/run`: node setup/checks/suite.cjs NAME CONFIG. */
"use strict";

const { main } = require("../terminal/main.cjs");
const { unitTests } = require("./unit-tests.cjs");

const [name, config] = process.argv.slice(2);
void main(async () => ((await unitTests(["--config", config], name)) ? 0 : 1));
