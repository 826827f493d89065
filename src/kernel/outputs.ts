/**
 * What a cell shows in the end: streams joined, displays redrawn in place, cleared output gone.
 *
 * Source:  https://nbformat.readthedocs.io/en/latest/format_description.html#code-cell-outputs
 * Chapter: notebooks/00-start.ipynb
 */
import type { Content, Message } from "./message.ts";

/** One thing that a cell showed, as it would stand in a notebook file. */
export type Output =
  | { readonly type: "stream"; readonly name: string; readonly text: string }
  | {
      readonly type: "display_data" | "execute_result";
      readonly data: Content;
      readonly metadata: Content;
      readonly id: string | undefined;
    }
  | {
      readonly type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

/** What a front end shows for these messages. */
export function outputsOf(messages: readonly Message[]): Output[] {
  const outputs: Output[] = [];
  let clearNext = false;
  for (const { header, content } of messages) {
    const type = header.msg_type;
    if (type === "clear_output") {
      if (content["wait"] === true) clearNext = true;
      else outputs.length = 0;
      continue;
    }
    if (
      !["stream", "display_data", "update_display_data", "execute_result", "error"].includes(type)
    ) {
      continue;
    }
    if (clearNext) outputs.length = 0;
    clearNext = false;
    if (type === "stream") {
      const { name, text } = content as { name: string; text: string };
      const last = outputs.at(-1);
      if (last?.type === "stream" && last.name === name) {
        outputs[outputs.length - 1] = { type: "stream", name, text: last.text + text };
      } else {
        outputs.push({ type: "stream", name, text });
      }
    } else if (type === "error") {
      const { ename, evalue, traceback } = content as {
        ename: string;
        evalue: string;
        traceback: string[];
      };
      outputs.push({ type: "error", ename, evalue, traceback });
    } else {
      const { data, metadata, transient } = content as {
        data: Content;
        metadata: Content;
        transient?: { display_id?: string };
      };
      const id = transient?.display_id;
      if (type === "update_display_data") {
        for (const [index, output] of outputs.entries()) {
          const isIt = output.type !== "stream" && output.type !== "error" && output.id === id;
          if (isIt) outputs[index] = { ...output, data, metadata };
        }
      } else {
        outputs.push({ type: type as "display_data" | "execute_result", data, metadata, id });
      }
    }
  }
  return outputs;
}
