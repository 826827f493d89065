/** `npm run lab`: set-up, then JupyterLab with the project as its root, on the first notebook, until Ctrl-C. */
"use strict";

const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const { environment } = require("../project/environment.cjs");
const { firstNotebook, root, shown, venvPython } = require("../project/paths.cjs");
const { isStopping, whenStopped } = require("../process/stop.cjs");
const { prepare } = require("../steps/prepare.cjs");
const { again, Failure } = require("../terminal/failure.cjs");
const { dim, print, step } = require("../terminal/progress.cjs");
const { expectNamedPort } = require("./port.cjs");
const { endServer, lastWords, logFile, startServer, whenReady } = require("./server.cjs");

/** Arguments that only ask Jupyter something: it answers on the terminal and no server starts. */
const QUESTIONS = [
  "-h",
  "--help",
  "--help-all",
  "--version",
  "--show-config",
  "--show-config-json",
];

async function openLab(args) {
  const portIsNamed = await expectNamedPort(args);
  await prepare();
  if (args.some((arg) => QUESTIONS.includes(arg))) return askJupyter(args);

  let lab;
  let running = true;
  const forget = whenStopped(async (inAHurry) => {
    if (!lab || !running) return;
    if (!inAHurry) print("\n  Ending JupyterLab and its kernels …");
    await endServer(lab, inAHurry);
  });
  const startPage = fs.existsSync(path.join(root, firstNotebook))
    ? `lab/tree/${firstNotebook}`
    : "lab";
  let url;
  await step("JupyterLab", async () => {
    lab = startServer(serverArguments(args, portIsNamed, startPage));
    const info = await whenReady(lab);
    if (!info)
      throw new Failure(
        `JupyterLab did not start (${lastWords()}): see ${shown(logFile)}, then run ${again()} again.`,
      );
    url = info.url + startPage + (info.token ? `?token=${info.token}` : "");
    return `port ${info.port}`;
  });
  print(`\n  ${url}\n`);
  print(dim("  Ctrl-C ends it, with all its kernels."));

  const status = await lab.ended;
  running = false;
  forget();
  if (isStopping()) return;
  // File, Shut Down in the browser ends the server with 0.
  if (status !== 0)
    throw new Failure(
      `JupyterLab ended by itself (${lastWords()}): see ${shown(logFile)}, then run ${again()} again.`,
    );
  print("  JupyterLab was shut down.");
}

function serverArguments(args, portIsNamed, startPage) {
  const ours = [
    `--config=${path.join(root, "setup", "jupyter_config.py")}`,
    `--ServerApp.root_dir=${root}`,
    `--LabApp.default_url=/${startPage}`,
  ];
  if (portIsNamed) ours.push("--ServerApp.port_retries=0");
  if (!hasDisplay()) ours.push("--no-browser");
  return [...ours, ...args];
}

/** Is there a screen to open a browser on? */
function hasDisplay() {
  if (process.platform === "darwin") return true;
  const { BROWSER, DISPLAY, WAYLAND_DISPLAY } = process.env;
  return Boolean(BROWSER || DISPLAY || WAYLAND_DISPLAY);
}

function askJupyter(args) {
  const options = { cwd: root, env: environment(), stdio: "inherit" };
  return spawnSync(venvPython, ["-m", "jupyterlab", ...args], options).status ?? 1;
}

module.exports = { openLab };
