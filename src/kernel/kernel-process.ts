/**
 * Starts a kernel as a process, the way Jupyter does: free ports, a connection file, a command.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/kernels.html
 * Chapter: notebooks/00-start.ipynb
 */
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { packageRoot } from "../core/package-root.ts";
import type { Connection } from "./connection.ts";

export interface StartOptions {
  /** The program and its arguments, with `{connection_file}` where the path goes. Default: our kernel. */
  readonly command?: readonly string[];
  /** The folder that cells run in. Default: the current one. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds until the kernel must answer. Default: 30,000. */
  readonly timeout?: number;
}

export interface KernelProcess {
  readonly child: ChildProcess;
  readonly connection: Connection;
  /** A folder of this process alone, for its owner to remove. */
  readonly scratch: string;
}

/** Our kernel as it was built, started as the kernelspec starts it. */
function ourKernel(): string[] {
  const main = join(packageRoot(), "dist", "src", "kernel", "main.js");
  return [process.execPath, main, "{connection_file}"];
}

/** Starts the process; it may take seconds until it answers. */
export async function spawnKernel(options: StartOptions): Promise<KernelProcess> {
  const { command = ourKernel(), folder = process.cwd(), environment = {} } = options;
  const [shell = 0, iopub = 0, stdin = 0, control = 0, heartbeat = 0] = await freePorts(5);
  const connection: Connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    key: randomUUID(),
    signature_scheme: "hmac-sha256",
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
  };
  const scratch = mkdtempSync(join(tmpdir(), "kernel-"));
  const file = join(scratch, "connection.json");
  // The key in it lets anyone run code as us.
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const [program = "", ...args] = command.map((part) => part.replace("{connection_file}", file));
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, connection, scratch };
}

/** Ports that are free now; another program could take one before the kernel does. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
