/**
 * One execute_request from `busy` to its reply.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#execute
 * Chapter: notebooks/00-start.ipynb
 */
import { owner, type Cell } from "./cell.ts";
import { HELP, helpOn } from "./editor-help.ts";
import { Executor } from "./executor.ts";
import { failureOf } from "./failure.ts";
import type { Content } from "./message.ts";
import type { Publisher } from "./publisher.ts";
import { represent } from "./representation.ts";

export interface Executed {
  readonly reply: Content;
  /** The `text/plain` of the result, for the history. */
  readonly text: string | null;
}

/** Runs a cell and publishes what it shows; never throws for what the cell does. */
export async function execute(
  executor: Executor,
  publisher: Publisher,
  cell: Cell,
  expressions: Content,
): Promise<Executed> {
  const { content, header } = cell.request;
  const source = typeof content["code"] === "string" ? content["code"] : "";
  const silent = content["silent"] === true;
  let text: string | null = null;
  let reply: Content;
  try {
    const shown = await owner.run(cell, () => result(executor, cell, source));
    if (shown !== undefined && !silent) {
      text = String(shown["text/plain"]);
      publisher.publish(
        "execute_result",
        { execution_count: cell.count, data: shown, metadata: {} },
        header,
      );
    }
    const values = await owner.run(cell, () => evaluate(executor, cell, expressions));
    reply = { status: "ok", user_expressions: values, payload: pagesOf(cell) };
  } catch (error) {
    const failure = failureOf(error, Executor.scriptName(cell));
    if (!silent) publisher.publish("error", { ...failure }, header);
    reply = { status: "error", ...failure, payload: [] };
  }
  publisher.finish(cell);
  return { reply: { execution_count: cell.count, ...reply }, text };
}

async function result(
  executor: Executor,
  cell: Cell,
  source: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const asked = HELP.exec(source);
  if (asked !== null) {
    const name = asked[1] ?? asked[2] ?? "";
    const help = helpOn(executor.language, name);
    cell.pages.push(help === undefined ? `No help on ${name}.` : String(help["text/plain"]));
    return undefined;
  }
  const { value, shown } = await executor.execute(cell, source);
  return shown ? cell.settle(represent(value)) : undefined;
}

/** The `user_expressions` of a request: each is a small cell of its own. */
async function evaluate(executor: Executor, cell: Cell, expressions: Content): Promise<Content> {
  const values: Record<string, unknown> = {};
  for (const [name, expression] of Object.entries(expressions)) {
    try {
      const { value } = await executor.execute(cell, String(expression));
      values[name] = { status: "ok", data: await represent(value), metadata: {} };
    } catch (error) {
      values[name] = { status: "error", ...failureOf(error, Executor.scriptName(cell)) };
    }
  }
  return values;
}

function pagesOf(cell: Cell): Content[] {
  return cell.pages.map((text) => ({ source: "page", data: { "text/plain": text }, start: 0 }));
}
