/** A port that the reader named must be free; JupyterLab alone would look for a free one only when none was named. */
"use strict";

const net = require("node:net");

const { Failure } = require("../terminal/failure.cjs");

/** The value of `--name value` or `--name=value`, the last one given. */
function option(args, names) {
  let value;
  args.forEach((arg, i) => {
    const [name, ...rest] = arg.split("=");
    if (names.includes(name)) value = rest.length > 0 ? rest.join("=") : (args[i + 1] ?? "");
  });
  return value;
}

/** The error code with which a port refuses to be listened on, or undefined when it is free. */
function whyNotFree(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Throws the sentence for a named port that cannot be had; returns whether a port was named. */
async function expectNamedPort(args) {
  const named = option(args, ["--port", "--ServerApp.port"]);
  if (named === undefined) return false;
  const port = Number(named);
  if (named === "" || !Number.isInteger(port) || port < 0 || port > 65535)
    throw new Failure(
      `--port takes a number from 1 to 65535, got ${named || "nothing"}: try --port 8889.`,
    );
  const host = option(args, ["--ip", "--ServerApp.ip"]) ?? "localhost";
  const code = await whyNotFree(port, host === "*" ? undefined : host);
  if (code === "EADDRINUSE")
    throw new Failure(
      `Port ${port} is taken by another program: end that one, or name another port (npm run lab -- --port ${port + 1}), or none.`,
    );
  if (code === "EACCES")
    throw new Failure(
      `Port ${port} is kept for the system: name one above 1023 (npm run lab -- --port 8889), or none.`,
    );
  if (code)
    throw new Failure(
      `Nothing can listen on port ${port} of ${host} (${code}): check --ip and --port.`,
    );
  return true;
}

module.exports = { expectNamedPort, whyNotFree };
