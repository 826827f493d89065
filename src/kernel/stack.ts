/**
 * Stacks that a reader can use: cells by their own lines, our modules by their TypeScript, and
 * neither Node's inside nor the kernel's.
 *
 * Source:  https://v8.dev/docs/stack-trace-api; source maps through @jridgewell/trace-mapping
 * Chapter: notebooks/00-start.ipynb
 */
import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

import { packageRoot } from "../core/package-root.ts";
import { alignment, type Place } from "./alignment.ts";

interface CellScript {
  readonly source: string;
  readonly code: string;
  places?: (place: Place) => Place | undefined;
}

/** The scripts of all cells, by the name that V8 knows them under, such as `cell-3.ts`. */
const cellScripts = new Map<string, CellScript>();
const maps = new Map<string, TraceMap | undefined>();
const root = packageRoot();
const kernelFolder = dirname(fileURLToPath(import.meta.url));

/** Frames a stack may have; V8's own 10 are used up by a few library calls. */
const FRAMES = 40;

/** Remember a cell's text and the code made of it, under the name its script runs with. */
export function rememberScript(name: string, source: string, code: string): void {
  cellScripts.set(name, { source, code });
}

/** The text of the cell whose script has this name. */
export function cellSource(name: string): string | undefined {
  return cellScripts.get(name)?.source;
}

/** Makes `error.stack` readable, everywhere in this process. */
export function installReadableStacks(): void {
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (error, sites) => {
    const frames = sites.map(frameOf).filter((frame) => frame !== undefined);
    return [headline(error), ...frames.map((frame) => `    at ${frame}`)].join("\n");
  };
}

function headline(error: unknown): string {
  try {
    // Also for what is no Error: `console.trace` hands in a record of name and message.
    return Error.prototype.toString.call(error);
  } catch {
    // An error whose toString throws must not break its own report.
    return "Error";
  }
}

function frameOf(site: NodeJS.CallSite): string | undefined {
  const file = site.getFileName() ?? site.getScriptNameOrSourceURL() ?? "";
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (file === "" || line === null || column === null || file.startsWith("node:")) return undefined;
  const place = placeOf(file, { line, column });
  if (place === undefined) return undefined;
  const name = nameOf(site);
  return name === undefined ? place : `${name} (${place})`;
}

function nameOf(site: NodeJS.CallSite): string | undefined {
  const name = site.getFunctionName();
  if (name === null || name === "") return undefined;
  const type = site.isToplevel() || site.isConstructor() ? null : site.getTypeName();
  const owner = type === null || type === "Object" || name.startsWith(`${type}.`) ? "" : `${type}.`;
  const prefix = site.isConstructor() ? "new " : site.isAsync() ? "async " : "";
  return `${prefix}${owner}${name}`;
}

function placeOf(file: string, place: Place): string | undefined {
  const script = cellScripts.get(file);
  if (script !== undefined) {
    script.places ??= alignment(script.source, script.code);
    const found = script.places(place);
    return found === undefined ? undefined : `${file}:${found.line}:${found.column}`;
  }
  const path = file.startsWith("file://") ? fileURLToPath(file) : file;
  if (path.startsWith(kernelFolder) || /[\\/]node_modules[\\/]tslab[\\/]/.test(path))
    return undefined;
  const original = mapped(path, place);
  if (original !== undefined) return original;
  return `${path}:${place.line}:${place.column}`;
}

/** `src/plot/line.ts:12:3`, when the file has a source map beside it. */
function mapped(path: string, place: Place): string | undefined {
  if (!path.startsWith(root) || path.includes("node_modules")) return undefined;
  if (!maps.has(path)) maps.set(path, readMap(path));
  const map = maps.get(path);
  if (map === undefined) return undefined;
  const { source, line, column } = originalPositionFor(map, {
    line: place.line,
    column: place.column - 1,
  });
  if (source === null) return undefined;
  return `${relative(root, resolve(dirname(path), source))}:${line}:${column + 1}`;
}

function readMap(path: string): TraceMap | undefined {
  try {
    return new TraceMap(readFileSync(`${path}.map`, "utf8"));
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
}
