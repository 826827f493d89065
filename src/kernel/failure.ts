/**
 * Whatever a cell throws, told in words: name, message, the line of the cell, then the stack.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#execution-errors
 * Chapter: notebooks/00-start.ipynb
 */
import { inspect, types } from "node:util";

import { TypeScriptError, type Complaint } from "./language.ts";
import { cellSource } from "./stack.ts";

/** The content of an `error` message and of a reply that failed. */
export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Tells what was thrown; never throws itself, whatever it is. */
export function failureOf(thrown: unknown, script: string): Failure {
  // Whether something is an Error is asked in a way that a Proxy cannot answer by throwing.
  if (types.isNativeError(thrown) && thrown instanceof TypeScriptError)
    return refusal(thrown, script);
  const error = asError(thrown);
  const stack = error.stack.split("\n");
  const firstFrame = stack.findIndex((line) => line.startsWith("    at "));
  const frames = firstFrame < 0 ? [] : stack.slice(firstFrame);
  // The place in the cell comes first, with its line; then the whole stack, innermost call first.
  const first = frames.find((frame) => CELL_FRAME.test(frame));
  const [, name = "", line = "", column = ""] = CELL_FRAME.exec(first ?? "") ?? [];
  const source = cellSource(name);
  const excerpt = source === undefined ? [] : excerptOf(source, Number(line), Number(column), 1);
  const place = first === undefined ? [] : [first, ...excerpt];
  const rest = frames[0] === first ? frames.slice(1) : frames;
  const told = error.message === "" ? error.name : `${error.name}: ${error.message}`;
  return {
    ename: error.name,
    evalue: error.message,
    traceback: [...told.split("\n"), ...place, ...rest, ...causeOf(error.cause)],
  };
}

const CELL_FRAME = /\b(cell-\d+\.ts):(\d+):(\d+)\)?$/;

/** A type error: each complaint with the line it is about. */
function refusal({ name, complaints }: TypeScriptError, script: string): Failure {
  const lines: string[] = [];
  let previous: Complaint | undefined;
  for (const complaint of complaints) {
    const { file, line, column, length, message, code } = complaint;
    const same = previous?.line === line && previous.column === column && previous.file === file;
    if (same) {
      // The compiler explains one mistake in several sentences.
      lines.push(`    ${message}`);
    } else {
      lines.push(`    at ${file ?? script}:${line}:${column}`);
      const source = file === undefined ? cellSource(script) : undefined;
      if (source !== undefined) lines.push(...excerptOf(source, line, column, length));
      lines.push(code === undefined ? message : `TS${code}: ${message}`);
    }
    previous = complaint;
  }
  const first = complaints[0];
  const evalue =
    first === undefined ? "" : `${first.message} (line ${first.line}, column ${first.column})`;
  return { ename: name, evalue, traceback: [`${name}: ${evalue}`, ...lines] };
}

/** The line, one before and one after it, and marks below what is meant. */
function excerptOf(source: string, line: number, column: number, length: number): string[] {
  const lines = source.split("\n");
  const shown: string[] = [];
  const width = String(Math.min(line + 1, lines.length)).length;
  for (let number = line - 1; number <= line + 1; number++) {
    const text = lines[number - 1];
    if (text === undefined) continue;
    shown.push(`${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text}`);
    if (number === line) {
      // A tab stays a tab, so that the mark stands below its letter.
      const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
      shown.push(`  ${" ".repeat(width)} | ${indent}${"^".repeat(length)}`);
    }
  }
  return shown;
}

interface Told {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly cause: unknown;
}

/** Anything can be thrown: null, a string, a Proxy whose every property throws. */
function asError(thrown: unknown): Told {
  try {
    if (thrown instanceof Error) {
      const { name, message, stack, cause } = thrown;
      return { name: String(name), message: String(message), stack: String(stack ?? ""), cause };
    }
    return { name: "Thrown", message: inspect(thrown), stack: "", cause: undefined };
  } catch {
    return {
      name: "Thrown",
      message: "a value that cannot be described: reading it throws",
      stack: "",
      cause: undefined,
    };
  }
}

function causeOf(cause: unknown): string[] {
  if (cause === undefined) return [];
  const { name, message } = asError(cause);
  return [`Caused by ${name}: ${message}`];
}
