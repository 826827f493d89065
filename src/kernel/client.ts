/**
 * A client for Jupyter kernels: starts one as a process, runs cells, collects what they show.
 *
 * It knows nothing of our kernel beyond the protocol: tests, the notebook tool and graders use it,
 * and it drives any other kernel just as well.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";

import * as zmq from "zeromq";

import { addressOf, type Connection } from "./connection.ts";
import { spawnKernel, type StartOptions } from "./kernel-process.ts";
import { Wire, type Content, type Message } from "./message.ts";
import { Outbox } from "./outbox.ts";
import { outputsOf, type Output } from "./outputs.ts";

export interface ExecuteOptions {
  readonly silent?: boolean;
  /** Default: true unless silent. */
  readonly storeHistory?: boolean;
  /** Abort what is queued behind when this cell fails. Default: true. */
  readonly stopOnError?: boolean;
  readonly expressions?: Readonly<Record<string, string>>;
  /** Answers `input`; without it the kernel is told that nobody answers. */
  readonly answer?: (question: string, password: boolean) => string | Promise<string>;
  /** Hears every message of the cell as it comes. */
  readonly onMessage?: (message: Message) => void;
}

export interface Execution {
  readonly status: "ok" | "error" | "aborted";
  readonly count: number;
  readonly reply: Content;
  /** What a front end would show in the end: streams joined, displays updated in place. */
  readonly outputs: readonly Output[];
  /** All messages of the cell in the order they came. */
  readonly messages: readonly Message[];
}

interface Waiting {
  readonly onMessage: (message: Message) => void;
  reply?: Message;
  idle: boolean;
  readonly resolve: (reply: Message) => void;
  readonly reject: (error: Error) => void;
}

/** A kernel's process and the five sockets to it; `KernelClient.start()` makes one. */
export class KernelClient {
  /** The kernel's process. */
  readonly process: ChildProcess;
  /** What the process itself wrote to its terminal. */
  terminal = "";

  readonly #wire: Wire;
  readonly #folder: string;
  readonly #sockets: {
    shell: zmq.Dealer;
    control: zmq.Dealer;
    stdin: zmq.Dealer;
    iopub: zmq.Subscriber;
    heartbeat: zmq.Request;
  };
  readonly #outboxes: { shell: Outbox; control: Outbox; stdin: Outbox };
  readonly #waiting = new Map<string, Waiting>();
  readonly #answers = new Map<string, NonNullable<ExecuteOptions["answer"]>>();
  readonly #listeners = new Set<(message: Message) => void>();
  #closed = false;

  private constructor(process: ChildProcess, connection: Connection, folder: string) {
    this.process = process;
    this.#folder = folder;
    this.#wire = new Wire(connection.key);
    // stdin and shell of one client have one identity: that is how the kernel finds whom to ask.
    const identity = {
      routingId: randomUUID(),
      linger: 0,
      sendHighWaterMark: 0,
      receiveHighWaterMark: 0,
    };
    this.#sockets = {
      shell: new zmq.Dealer(identity),
      control: new zmq.Dealer(identity),
      stdin: new zmq.Dealer(identity),
      iopub: new zmq.Subscriber({ linger: 0, receiveHighWaterMark: 0 }),
      heartbeat: new zmq.Request({ linger: 0, receiveTimeout: 1000 }),
    };
    this.#sockets.shell.connect(addressOf(connection, "shell"));
    this.#sockets.control.connect(addressOf(connection, "control"));
    this.#sockets.stdin.connect(addressOf(connection, "stdin"));
    this.#sockets.iopub.connect(addressOf(connection, "iopub"));
    this.#sockets.iopub.subscribe();
    this.#sockets.heartbeat.connect(addressOf(connection, "hb"));
    this.#outboxes = {
      shell: new Outbox(this.#sockets.shell),
      control: new Outbox(this.#sockets.control),
      stdin: new Outbox(this.#sockets.stdin),
    };
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on("data", (chunk: Buffer) => (this.terminal += chunk.toString()));
    }
    process.once("exit", (code, signal) => this.#ended(`exit code ${code ?? signal}`));
    void this.#receive("iopub");
    void this.#receive("shell");
    void this.#receive("control");
    void this.#receive("stdin");
  }

  /** Starts a kernel and waits until it answers; throws when it ends or stays silent. */
  static async start(options: StartOptions = {}): Promise<KernelClient> {
    const { timeout = 30_000 } = options;
    const { child, connection, scratch } = await spawnKernel(options);
    const client = new KernelClient(child, connection, scratch);
    try {
      await withTimeout(client.#firstAnswer(), timeout, "the kernel's first answer");
    } catch (error) {
      await client.kill();
      const said = client.terminal === "" ? "nothing" : client.terminal.trim();
      throw new Error(`${(error as Error).message}; its process said: ${said}`);
    }
    return client;
  }

  /** Asks until both the reply and `idle` arrive: the first `idle` may pass before we listen. */
  async #firstAnswer(): Promise<void> {
    for (let heard = false; !heard && !this.#closed;) {
      const second = new Promise<false>((resolve) => setTimeout(() => resolve(false), 1000));
      const answer = this.request("kernel_info_request").then(() => true);
      heard = await Promise.race([answer, second]);
    }
  }

  /** Runs a cell and resolves when its reply and `idle` have both come. */
  async execute(code: string, options: ExecuteOptions = {}): Promise<Execution> {
    const { silent = false, stopOnError = true, expressions = {}, answer, onMessage } = options;
    const messages: Message[] = [];
    const content = {
      code,
      silent,
      store_history: options.storeHistory ?? !silent,
      user_expressions: expressions,
      allow_stdin: answer !== undefined,
      stop_on_error: stopOnError,
    };
    const reply = await this.request("execute_request", content, {
      onMessage: (message) => {
        messages.push(message);
        onMessage?.(message);
      },
      ...(answer === undefined ? {} : { answer }),
    });
    return {
      status: reply.content["status"] as Execution["status"],
      count: Number(reply.content["execution_count"] ?? 0),
      reply: reply.content,
      outputs: outputsOf(messages),
      messages,
    };
  }

  /** Sends any request and resolves with its reply, once `idle` has come as well. */
  request(
    type: string,
    content: Content = {},
    options: {
      readonly channel?: "shell" | "control";
      readonly onMessage?: (message: Message) => void;
      readonly answer?: NonNullable<ExecuteOptions["answer"]>;
    } = {},
  ): Promise<Message> {
    const { channel = "shell", onMessage = () => undefined, answer } = options;
    if (this.#closed) return Promise.reject(new Error(`${type}: the kernel is gone`));
    const frames = this.#wire.pack(type, content);
    const { msg_id: id } = JSON.parse(String(frames[2])) as { msg_id: string };
    if (answer !== undefined) this.#answers.set(id, answer);
    return new Promise<Message>((resolve, reject) => {
      this.#waiting.set(id, { onMessage, idle: false, resolve, reject });
      this.#outboxes[channel].send(frames);
    });
  }

  /** Hears every message that the kernel publishes, whomever it belongs to; returns how to stop. */
  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stop: what runs ends with an error. */
  async interrupt(): Promise<void> {
    await this.request("interrupt_request", {}, { channel: "control" });
  }

  /** Does the heart beat? Resolves false after a second of silence. */
  async isAlive(): Promise<boolean> {
    try {
      await this.#sockets.heartbeat.send("ping");
      const [answer] = await this.#sockets.heartbeat.receive();
      return String(answer) === "ping";
    } catch {
      return false; // the socket's time-out is the answer
    }
  }

  /** Asks the kernel to end and waits until its process has; kills it after five seconds. */
  async shutdown(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = new Promise<void>((resolve) => this.process.once("exit", () => resolve()));
      this.request("shutdown_request", { restart: false }, { channel: "control" }).catch(
        () => undefined, // the process may be gone before its reply is read
      );
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
    }
    await this.kill();
  }

  /** Ends the process at once. */
  async kill(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = new Promise<void>((resolve) => this.process.once("exit", () => resolve()));
      this.process.kill("SIGKILL");
      await ended;
    }
    this.#ended("killed");
  }

  async #receive(channel: "iopub" | "shell" | "control" | "stdin"): Promise<void> {
    for await (const frames of this.#sockets[channel]) {
      const message = this.#wire.parse(frames);
      if (message === undefined) continue;
      if (channel === "iopub") this.#hear(message);
      else if (channel === "stdin") await this.#answer(message);
      else this.#takeReply(message);
    }
  }

  #hear(message: Message): void {
    for (const listener of this.#listeners) listener(message);
    const id = String(message.parent["msg_id" as never] ?? "");
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    waiting.onMessage(message);
    if (message.header.msg_type === "status" && message.content["execution_state"] === "idle") {
      waiting.idle = true;
      this.#settle(id, waiting);
    }
  }

  #takeReply(message: Message): void {
    const id = String(message.parent["msg_id" as never] ?? "");
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    waiting.reply = message;
    this.#settle(id, waiting);
  }

  #settle(id: string, waiting: Waiting): void {
    if (waiting.reply === undefined || !waiting.idle) return;
    this.#waiting.delete(id);
    this.#answers.delete(id);
    waiting.resolve(waiting.reply);
  }

  async #answer(request: Message): Promise<void> {
    const answer = this.#answers.get(String(request.parent["msg_id" as never] ?? ""));
    const { prompt, password } = request.content;
    const value = (await answer?.(String(prompt), password === true)) ?? "";
    this.#outboxes.stdin.send(this.#wire.pack("input_reply", { value }, request.header));
  }

  #ended(how: string): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const socket of Object.values(this.#sockets)) socket.close();
    rmSync(this.#folder, { recursive: true, force: true });
    for (const { reject } of this.#waiting.values()) reject(new Error(`the kernel ended: ${how}`));
    this.#waiting.clear();
  }
}

async function withTimeout<T>(promise: Promise<T>, milliseconds: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`expected ${what} within ${milliseconds} ms, got none`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
