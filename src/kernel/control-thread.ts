/**
 * The thread that always listens: Stop, shutdown and heartbeat, also while a cell computes.
 *
 * Stop raises the flag that loops of cells and of our modules look at, so that they end with an
 * exception and `finally` blocks run. What does not look at the flag, such as a library's loop, is
 * unwound by a signal a moment later.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-control-router-dealer-channel
 * Chapter: notebooks/00-start.ipynb
 */
import { parentPort, workerData } from "node:worker_threads";

import * as zmq from "zeromq";

import { addressOf, type Connection } from "./connection.ts";
import { ControlState } from "./control-state.ts";
import { kernelInfo } from "./kernel-info.ts";
import { Wire, type Header } from "./message.ts";

export interface ControlData {
  readonly connection: Connection;
  readonly session: string;
  readonly flag: Int32Array;
  readonly script: Int32Array;
}

/** What the thread tells the main thread. */
export type ControlEvent =
  | { readonly type: "ready" }
  | { readonly type: "interrupt"; readonly header: Header; readonly request: number }
  | { readonly type: "handled"; readonly header: Header }
  | { readonly type: "shutdown"; readonly header: Header };

/** Milliseconds a cell gets to leave by itself before the signal comes. */
const GRACE = 150;
/** Milliseconds that the main thread gets to end before the process is killed. */
const LAST_RESORT = 1000;
/** Milliseconds between two looks at whether the front end's process still lives. */
const PARENT_WATCH = 1000;

const { connection, session, flag, script } = workerData as ControlData;
const state = new ControlState(flag, script);
const wire = new Wire(connection.key, session);
const heartbeat = new zmq.Reply({ linger: 0 });
const control = new zmq.Router({ linger: 500 });

const tell = (event: ControlEvent): void => parentPort?.postMessage(event);

/** The front end's process started us; when it is gone, nobody would ever stop us. */
function watchParent(): void {
  const parent = Number(process.env["JPY_PARENT_PID"] ?? 0);
  if (!(parent > 1) || process.ppid !== parent) return;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, PARENT_WATCH);
}

async function echo(): Promise<void> {
  await heartbeat.bind(addressOf(connection, "hb"));
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

function interrupt(header: Header): void {
  const request = state.running;
  if (request > 0) state.raise(request);
  tell({ type: "interrupt", header, request });
  if (request === 0) return;
  setTimeout(() => {
    if (state.running === request) state.unwind(() => process.kill(process.pid, "SIGINT"));
  }, GRACE);
}

async function serve(): Promise<void> {
  await control.bind(addressOf(connection, "control"));
  tell({ type: "ready" });
  for await (const frames of control) {
    const message = wire.parse(frames);
    if (message === undefined) continue;
    const { header, identities, content } = message;
    const reply = (type: string, answer: Record<string, unknown>): Promise<void> =>
      control.send(wire.pack(type, answer, header, identities));
    if (header.msg_type === "interrupt_request") {
      interrupt(header);
      await reply("interrupt_reply", { status: "ok" });
    } else if (header.msg_type === "shutdown_request") {
      setTimeout(() => process.kill(process.pid, "SIGKILL"), LAST_RESORT);
      await reply("shutdown_reply", { status: "ok", restart: content["restart"] === true });
      // Sockets left open in a thread end in a native abort: close them here, then the main ones.
      heartbeat.close();
      control.close();
      tell({ type: "shutdown", header });
      return;
    } else if (header.msg_type === "kernel_info_request") {
      await reply("kernel_info_reply", kernelInfo());
      tell({ type: "handled", header });
    }
  }
}

watchParent();
void echo();
void serve();
