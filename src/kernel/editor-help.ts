/**
 * Completion, inspection and "is this cell complete", as the messages want them.
 *
 * Jupyter counts positions in code points, TypeScript in UTF-16 units; both directions are converted.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#completion
 * Chapter: notebooks/00-start.ipynb
 */
import ts from "@tslab/typescript-for-tslab";

import type { MimeBundle } from "./contract.ts";
import type { Language } from "./language.ts";
import type { Content } from "./message.ts";

/** `name?` and `?name` ask for help, as in IPython. */
export const HELP: RegExp = /^\s*(?:\?\s*([\w$.]+)|([\w$.]+)\s*\?)\s*$/;

/** The content of a `complete_reply`. */
export function completionReply(language: Language, request: Content): Content {
  const { code, cursor } = position(request);
  const { start, end, candidates, original } = language.complete(code, cursor);
  const kinds = new Map(original?.entries.map((entry) => [entry.name, entry.kind]));
  const [from, to] = [codePoints(code, start), codePoints(code, end)];
  return {
    status: "ok",
    matches: candidates,
    cursor_start: from,
    cursor_end: to,
    metadata: {
      // JupyterLab shows the kind beside each name.
      _jupyter_types_experimental: candidates.map((text) => ({
        start: from,
        end: to,
        text,
        type: kinds.get(text) ?? "",
      })),
    },
  };
}

/** The content of an `inspect_reply`: signature and documentation, as Markdown and as text. */
export function inspectionReply(language: Language, request: Content): Content {
  const { code, cursor } = position(request);
  // Between the brackets of a call, one wants to know what is called.
  const info = language.inspect(code, cursor) ?? inspectCall(language, code, cursor);
  const found = info !== undefined;
  return { status: "ok", found, data: found ? helpOf(info) : {}, metadata: {} };
}

/** Help on a name, for `name?`; undefined when there is none. */
export function helpOn(language: Language, name: string): MimeBundle | undefined {
  const info = language.inspect(name, name.length - 1);
  return info === undefined ? undefined : helpOf(info);
}

/** The content of an `is_complete_reply`. */
export function completenessReply(language: Language, request: Content): Content {
  const { code } = position(request);
  if (HELP.test(code)) return { status: "complete" };
  const { completed, indent } = language.isComplete(code);
  if (!completed) return { status: "incomplete", indent: indent ?? "" };
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly unknown[] };
  return { status: parseDiagnostics.length > 0 ? "invalid" : "complete" };
}

function inspectCall(language: Language, code: string, cursor: number): ts.QuickInfo | undefined {
  const called = calledAt(code, cursor);
  return called === undefined ? undefined : language.inspect(code, called);
}

/** The position of the last name of what the innermost call around `cursor` calls. */
function calledAt(code: string, cursor: number): number | undefined {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  // A call whose bracket is still open ends with its last token: white space behind it counts in.
  const at = code.slice(0, cursor).trimEnd().length;
  let found: number | undefined;
  const visit = (node: ts.Node): void => {
    if (at < node.getStart(file) || at > node.end) return;
    const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
    if (isCall && at > node.expression.end) found = node.expression.end - 1;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function helpOf(info: ts.QuickInfo): MimeBundle {
  const signature = ts.displayPartsToString(info.displayParts);
  const documentation = ts.displayPartsToString(info.documentation);
  const tags = (info.tags ?? []).map((tag) => ({
    name: tag.name,
    text: ts.displayPartsToString(tag.text),
  }));
  const plainTags = tags.map(({ name, text }) => `@${name} ${text}`.trimEnd());
  const markdownTags = tags.map(({ name, text }) => `*@${name}* ${text}`.trimEnd());
  const join = (parts: string[]): string => parts.filter((part) => part !== "").join("\n\n");
  return {
    "text/plain": join([signature, documentation, plainTags.join("\n")]),
    "text/markdown": join([
      `\`\`\`typescript\n${signature}\n\`\`\``,
      documentation,
      markdownTags.join("  \n"),
    ]),
  };
}

function position(request: Content): { code: string; cursor: number } {
  const code = typeof request["code"] === "string" ? request["code"] : "";
  const cursor = request["cursor_pos"];
  return { code, cursor: utf16(code, typeof cursor === "number" ? cursor : Infinity) };
}

/** The UTF-16 position of a code point position. */
function utf16(text: string, points: number): number {
  let position = 0;
  for (const character of text) {
    if (points-- <= 0) break;
    position += character.length;
  }
  return position;
}

/** The code point position of a UTF-16 position. */
function codePoints(text: string, position: number): number {
  return [...text.slice(0, position)].length;
}
