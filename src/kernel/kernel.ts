/**
 * The kernel: five sockets, one queue of cells, an answer to every request.
 *
 *     shell ──▶ queue ──▶ execute ──▶ reply          control thread ──▶ stop, shutdown
 *                            └──▶ iopub: status, streams, pictures, results, errors
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html
 * Chapter: notebooks/00-start.ipynb
 */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import * as zmq from "zeromq";

import { Cell, owner } from "./cell.ts";
import { addressOf, type Connection } from "./connection.ts";
import { ControlState } from "./control-state.ts";
import type { ControlData, ControlEvent } from "./control-thread.ts";
import { completenessReply, completionReply, inspectionReply } from "./editor-help.ts";
import { execute } from "./execution.ts";
import { Executor } from "./executor.ts";
import { failureOf } from "./failure.ts";
import { History } from "./history.ts";
import { kernelInfo } from "./kernel-info.ts";
import { Wire, type Content, type Message } from "./message.ts";
import { Outbox } from "./outbox.ts";
import { takeOverProcess } from "./process-takeover.ts";
import { Publisher } from "./publisher.ts";
import { Questions } from "./questions.ts";
import { RebuildNotice } from "./rebuild-notice.ts";

/** Milliseconds in which what a client has already sent arrives here. */
const IN_FLIGHT = 5;

// As they are before cells get timers of their own and an exit that throws.
const rawExit = process.exit.bind(process);
const rawSleep = sleep;
const rawNextTurn = nextTurn;

/** One kernel for one connection; `run()` serves until shutdown. */
export class Kernel {
  readonly #connection: Connection;
  readonly #session = randomUUID();
  readonly #wire: Wire;
  // zeromq drops or refuses messages past a mark of 1,000 by default: none may be lost.
  readonly #iopub = new zmq.XPublisher({ sendHighWaterMark: 0, linger: 1000 });
  readonly #shell = new zmq.Router({ sendHighWaterMark: 0, linger: 1000 });
  readonly #stdin = new zmq.Router({ sendHighWaterMark: 0, linger: 1000 });
  readonly #shellOut = new Outbox(this.#shell);
  readonly #iopubOut = new Outbox(this.#iopub);
  readonly #publisher: Publisher;
  readonly #questions: Questions;
  readonly #control = new ControlState();
  readonly #history = new History();
  readonly #rebuilds = new RebuildNotice();
  readonly #executor: Executor;

  readonly #queue: Message[] = [];
  #working = false;
  #requests = 0;
  #count = 0;
  /** The cell that runs, or the last one: late output without an owner is put below it. */
  #cell: Cell | undefined;
  /** Cells that are over and may have left timers. */
  readonly #past = new Set<Cell>();

  /** Cells run in `folder`. */
  constructor(connection: Connection, folder: string) {
    this.#connection = connection;
    this.#wire = new Wire(connection.key, this.#session);
    this.#publisher = new Publisher(this.#wire, this.#iopubOut);
    this.#questions = new Questions(this.#wire, new Outbox(this.#stdin));
    this.#executor = new Executor(folder, this.#control);
  }

  /** Binds the sockets and serves until it is shut down. */
  async run(): Promise<void> {
    this.#takeOverProcess();
    await this.#iopub.bind(addressOf(this.#connection, "iopub"));
    this.#publisher.status("starting");
    void this.#welcome();
    await this.#stdin.bind(addressOf(this.#connection, "stdin"));
    await this.#shell.bind(addressOf(this.#connection, "shell"));
    await this.#startControlThread();
    void this.#listenToAnswers();
    for await (const frames of this.#shell) {
      const message = this.#wire.parse(frames);
      if (message !== undefined) this.#receive(message);
    }
  }

  /** Every cell's output, errors and timers come to us from here on. */
  #takeOverProcess(): void {
    takeOverProcess({
      print: (name, text) => {
        const cell = owner.getStore() ?? this.#cell;
        if (cell !== undefined && !cell.stopped) this.#publisher.print(cell, name, text);
      },
      publish: (type, content) => this.#publish(type, content),
      ask: (text, password) => this.#questions.ask(owner.getStore(), text, password),
      afterthought: (error, cell = this.#cell) => this.#afterthought(cell, error),
      interrupt: () => this.#interrupt(this.#control.running),
    });
  }

  /** Publishes for the cell whose code runs; a stopped cell says nothing more. */
  #publish(type: string, content: Content): void {
    const cell = owner.getStore() ?? this.#cell;
    if (cell?.stopped !== true) this.#publisher.publish(type, content, cell?.request.header ?? {});
  }

  async #startControlThread(): Promise<void> {
    const data: ControlData = {
      connection: this.#connection,
      session: this.#session,
      flag: this.#control.flag,
      script: this.#control.script,
    };
    const thread = new Worker(new URL("./control-thread.js", import.meta.url), {
      workerData: data,
    });
    await new Promise<void>((resolve, reject) => {
      thread.on("error", reject);
      thread.on("message", (event: ControlEvent) => {
        if (event.type === "ready") return resolve();
        this.#publisher.status("busy", event.header);
        if (event.type === "interrupt") this.#interrupt(event.request);
        this.#publisher.status("idle", event.header);
        if (event.type === "shutdown") void this.#end();
      });
    });
  }

  /** Tells each new subscriber first of all that it is heard, so that it need not guess. */
  async #welcome(): Promise<void> {
    this.#iopub.verbosity = "allSubs";
    for await (const [frame] of this.#iopub) {
      const [kind, ...topic] = frame as Buffer;
      const subscription = Buffer.from(topic).toString();
      if (kind !== 1) continue;
      this.#iopubOut.send(this.#wire.pack("iopub_welcome", { subscription }, {}, [subscription]));
    }
  }

  async #listenToAnswers(): Promise<void> {
    for await (const frames of this.#stdin) {
      const message = this.#wire.parse(frames);
      if (message?.header.msg_type === "input_reply") this.#questions.answer(message);
    }
  }

  #receive(message: Message): void {
    if (message.header.msg_type === "execute_request") {
      this.#queue.push(message);
      void this.#work();
      return;
    }
    this.#publisher.status("busy", message.header);
    const answer = this.#answer(message);
    if (answer !== undefined) {
      this.#reply(message, message.header.msg_type.replace("_request", "_reply"), answer);
    }
    this.#publisher.status("idle", message.header);
    if (message.header.msg_type === "shutdown_request") void this.#end();
  }

  #answer({ header, content }: Message): Content | undefined {
    const { language } = this.#executor;
    try {
      switch (header.msg_type) {
        case "kernel_info_request":
          return kernelInfo();
        case "complete_request":
          return completionReply(language, content);
        case "inspect_request":
          return inspectionReply(language, content);
        case "is_complete_request":
          return completenessReply(language, content);
        case "history_request":
          return { status: "ok", history: this.#history.answer(content) };
        case "comm_info_request":
          return { status: "ok", comms: {} };
        case "interrupt_request":
          this.#interrupt(this.#control.running);
          return { status: "ok" };
        case "shutdown_request":
          return { status: "ok", restart: content["restart"] === true };
        case "comm_open":
          // There are no comms here: the protocol answers an unknown target by closing it.
          this.#publisher.publish("comm_close", { comm_id: content["comm_id"], data: {} }, header);
          return undefined;
        default:
          if (!header.msg_type.endsWith("_request")) return undefined;
          throw new Error(`kernel: expected a request of the protocol, got ${header.msg_type}`);
      }
    } catch (error) {
      return { status: "error", ...failureOf(error, "") };
    }
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
      await this.#runCell(message);
    }
    this.#working = false;
  }

  async #runCell(message: Message): Promise<void> {
    const { header, content } = message;
    const silent = content["silent"] === true;
    const stored = !silent && content["store_history"] !== false;
    if (stored) this.#count++;
    const source = typeof content["code"] === "string" ? content["code"] : "";
    const cell = new Cell(message, this.#count);
    this.#cell = cell;
    this.#control.begin(++this.#requests);
    this.#publisher.status("busy", header);
    if (!silent) {
      this.#publisher.publish(
        "execute_input",
        { code: source, execution_count: this.#count },
        header,
      );
    }
    const notice = this.#rebuilds.look();
    if (notice !== undefined && !silent) this.#publisher.print(cell, "stdout", notice);
    const expressions = (content["user_expressions"] ?? {}) as Content;
    const { reply, text } = await execute(this.#executor, this.#publisher, cell, expressions);
    cell.end();
    this.#control.begin(0);
    this.#questions.forget(cell);
    this.#past.add(cell);
    for (const past of this.#past) if (past.timers.size === 0) this.#past.delete(past);
    if (stored) this.#history.add(this.#count, source, text);
    const failed = reply["status"] === "error" && content["stop_on_error"] !== false;
    const aborted = failed ? await this.#takeQueue() : [];
    this.#reply(message, "execute_reply", reply);
    this.#publisher.status("idle", header);
    for (const request of aborted) {
      this.#publisher.status("busy", request.header);
      this.#reply(request, "execute_reply", { status: "aborted" });
      this.#publisher.status("idle", request.header);
    }
  }

  /**
   * What the client had sent before it could know of an error: it did not want that run.
   *
   * It is read before the reply goes out, so that no later cell can be among it.
   */
  async #takeQueue(): Promise<Message[]> {
    await rawSleep(IN_FLIGHT);
    await rawNextTurn();
    return this.#queue.splice(0);
  }

  /** Stop the cell of this request; when none runs, what earlier cells left running. */
  #interrupt(request: number): void {
    if (request > 0 && request === this.#control.running) {
      this.#cell?.stop();
    } else if (request === 0) {
      for (const cell of this.#past) cell.stop();
      this.#past.clear();
    }
  }

  /** An error of a timer or a promise: it fails its cell, or is told below it when that is over. */
  #afterthought(cell: Cell | undefined, error: unknown): void {
    if (cell === undefined || cell.stopped) return;
    if (cell.running) cell.fail(error);
    else this.#publisher.publish("error", { ...failureOf(error, "") }, cell.request.header);
  }

  #reply(request: Message, type: string, content: Content): void {
    this.#shellOut.send(this.#wire.pack(type, content, request.header, request.identities));
  }

  async #end(): Promise<void> {
    await this.#iopubOut.drained();
    await this.#shellOut.drained();
    this.#iopub.close();
    this.#shell.close();
    this.#stdin.close();
    rawExit(0);
  }
}
