/**
 * tslab's gift: cells are checked against the types of all earlier cells before anything runs.
 *
 * Source:  tslab 1.0.22, dist/converter.js and dist/metadata.js
 * Chapter: notebooks/00-start.ipynb
 */
import { createRequire } from "node:module";

import type * as converterModule from "tslab/dist/converter.js";
import type * as metadataModule from "tslab/dist/metadata.js";
import type ts from "@tslab/typescript-for-tslab";

import { overlayPackages } from "./installation.ts";
import { prepare } from "./prepare.ts";

/** A complaint of the compiler; line and column count from 1, in the cell or in a file beside it. */
export interface Complaint {
  readonly message: string;
  /** The compiler's number for it; undefined when the complaint is ours. */
  readonly code?: number;
  readonly line: number;
  readonly column: number;
  /** How many characters it is about, at least 1, within the line. */
  readonly length: number;
  readonly file: string | undefined;
}

/** The compiler refused a cell; nothing of it ran. */
export class TypeScriptError extends Error {
  override readonly name = "TypeScriptError";
  readonly complaints: readonly Complaint[];
  constructor(complaints: readonly Complaint[]) {
    super(complaints.map(({ line, column, message }) => `${line}:${column} ${message}`).join("\n"));
    this.complaints = complaints;
  }
}

export interface Compiled {
  /** JavaScript as tslab emits it, to be instrumented; empty when there is nothing to run. */
  readonly emitted: string;
  readonly isAsync: boolean;
  /** The export that holds the value of the last expression. */
  readonly resultName: string | undefined;
  readonly hidesValue: boolean;
  /** JavaScript of TypeScript files beside the notebook, by path. */
  readonly files: readonly { readonly path: string; readonly data: string }[];
  /** Makes the declarations of this cell visible to the next ones. */
  readonly commit: () => void;
}

/** The compiler of cells, with the declarations of all that ran so far. */
export class Language {
  readonly #converter: converterModule.Converter;
  readonly #tslab: typeof converterModule;
  readonly #metadata: typeof metadataModule;
  /** The declarations of all cells so far, as a .d.ts text. */
  #declarations = "";

  constructor(folder: string) {
    overlayPackages(folder);
    const require = createRequire(import.meta.url);
    this.#tslab = require("tslab/dist/converter.js") as typeof converterModule;
    this.#metadata = require("tslab/dist/metadata.js") as typeof metadataModule;
    this.#converter = this.#tslab.createConverter({ isJS: false, isBrowser: false });
  }

  /** Checks and translates a cell; throws `TypeScriptError` when the compiler complains. */
  compile(source: string, isShared: (name: string) => boolean): Compiled {
    const metadata = this.#metadata.getCodeMetadata(source);
    if (metadata.module !== undefined) return this.#addModule(source, metadata.module, metadata);
    const prepared = prepare(source, isShared);
    if (prepared.refused.length > 0) {
      throw new TypeScriptError(
        prepared.refused.map(({ name, position }) => ({
          ...placeIn(source, position),
          message: `A cell cannot declare '${name}': choose another name.`,
          length: name.length,
          file: undefined,
        })),
      );
    }
    const converted = this.#converter.convert(this.#declarations, prepared.text);
    if (converted.diagnostics.length > 0) {
      throw new TypeScriptError(complaintsOf(converted.diagnostics, source, prepared.original));
    }
    return {
      emitted: converted.output ?? "",
      isAsync: converted.hasToplevelAwait === true,
      resultName: converted.lastExpressionVar,
      hidesValue: prepared.hidesValue,
      files: converted.sideOutputs ?? [],
      commit: () => {
        this.#declarations = converted.declOutput ?? "";
      },
    };
  }

  /** What could stand at a position (UTF-16 units), best first. */
  complete(source: string, position: number): converterModule.CompletionInfo {
    return this.#converter.complete(this.#declarations, source, position);
  }

  /** What stands at a position (UTF-16 units): its signature and its documentation. */
  inspect(source: string, position: number): ts.QuickInfo | undefined {
    // tslab's type forgets that there may be nothing to say.
    return this.#converter.inspect(this.#declarations, source, position);
  }

  /** Could the reader be done with this text, and if not, how deep is the next line indented? */
  isComplete(source: string): converterModule.IsCompleteResult {
    return this.#tslab.isCompleteCode(source);
  }

  /** A cell that begins with a `@module name` comment becomes a file that later cells import. */
  #addModule(source: string, name: string, metadata: metadataModule.CodeMetadata): Compiled {
    const diagnostics = this.#converter.addModule(name, source, metadata);
    if (diagnostics.length > 0) {
      throw new TypeScriptError(complaintsOf(diagnostics, source, (position) => position));
    }
    return {
      emitted: "",
      isAsync: false,
      resultName: undefined,
      hidesValue: true,
      files: [],
      commit: () => undefined,
    };
  }
}

function complaintsOf(
  diagnostics: readonly converterModule.Diagnostic[],
  source: string,
  original: (position: number) => number,
): Complaint[] {
  return diagnostics.map(({ start, end, messageText, code, fileName }) => {
    if (fileName !== undefined) {
      const [line, column] = [start.line + 1, start.character + 1];
      return { message: messageText, code, line, column, length: 1, file: fileName };
    }
    const from = Math.min(original(start.offset), source.length);
    const lineEnd = (source.slice(from) + "\n").indexOf("\n");
    const length = Math.max(1, Math.min(original(end.offset) - from, lineEnd));
    return { message: messageText, code, ...placeIn(source, from), length, file: undefined };
  });
}

/** Line and column, from 1, of a position. */
function placeIn(source: string, position: number): { line: number; column: number } {
  const before = source.slice(0, position).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
