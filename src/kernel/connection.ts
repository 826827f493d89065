/**
 * The connection file: which addresses the five sockets of a kernel have, and the key of signatures.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files
 * Chapter: notebooks/00-start.ipynb
 */
import { readFileSync } from "node:fs";

import { DataError } from "../core/errors.ts";

/** The sockets of a kernel, as the connection file calls them. */
export type Channel = "shell" | "iopub" | "stdin" | "control" | "hb";

export interface Connection {
  readonly transport: "tcp" | "ipc";
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
}

/** Where a channel is bound: `tcp://127.0.0.1:5555`, or a path with the number at its end for ipc. */
export function addressOf(connection: Connection, channel: Channel): string {
  const { transport, ip } = connection;
  const port = connection[`${channel}_port`];
  return transport === "ipc" ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`;
}

/** Reads the file that the front end wrote; throws `DataError` when it is no connection file. */
export function readConnection(path: string): Connection {
  let connection: Partial<Connection>;
  try {
    connection = JSON.parse(readFileSync(path, "utf8")) as Partial<Connection>;
  } catch (error) {
    throw new DataError(
      `kernel: expected a connection file of Jupyter at ${path}, got ${String(error)}; start the kernel from Jupyter`,
    );
  }
  for (const field of ["shell", "iopub", "stdin", "control", "hb"] as const) {
    if (typeof connection[`${field}_port`] !== "number") {
      throw new DataError(`kernel: expected a number as ${field}_port in ${path}, got none`);
    }
  }
  if ((connection.signature_scheme ?? "hmac-sha256") !== "hmac-sha256") {
    throw new DataError(
      `kernel: expected signature_scheme hmac-sha256 in ${path}, got ${connection.signature_scheme}`,
    );
  }
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    key: "",
    signature_scheme: "hmac-sha256",
    ...connection,
  } as Connection;
}
