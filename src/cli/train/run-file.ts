/**
 * What a run began with, kept in its folder: what `--resume` needs and `glassbox info` shows.
 *
 *     DIR/run.json                  preset, text, tokenizer, engine and settings
 *     DIR/tokenizer.json            src/data/text-tokenizer.ts
 *     DIR/losses.jsonl              loss-file.ts
 *     DIR/checkpoint.safetensors    src/train/checkpoint.ts
 *
 * Source:  this project
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { EngineName } from "../../backend/engine.ts";
import { DataError } from "../../core/errors.ts";
import { replaceFile } from "../../core/whole-file.ts";
import type { NamedText } from "../../data/text-file.ts";
import { cannotWrite } from "../../text/writable-path.ts";
import { modelSettings, trainingSettings, type Settings } from "./settings.ts";

/** A run, before its first step. */
export interface RunFile {
  readonly preset: string;
  /** The path of the text, absolute, or the name of a data set. */
  readonly data: string;
  readonly text: TextCard;
  /** "characters", a published name, or the path of a file, absolute. */
  readonly tokenizer: string;
  readonly engine: EngineName;
  readonly settings: Settings;
}

/** How a text is known again. */
export interface TextCard {
  readonly name: string;
  /** UTF-16 units. */
  readonly length: number;
  /** SHA-256 of its UTF-8 bytes. */
  readonly sha256: string;
}

/** The first field of every run.json: what it is, and in which version. */
const FORMAT = "glassbox run 1";

/** The file of a folder. */
export function runPath(directory: string): string {
  return join(directory, "run.json");
}

/** Is there a run in the folder? */
export function hasRun(directory: string): boolean {
  return existsSync(runPath(directory));
}

/** The card of a text. */
export function textCard({ name, text }: NamedText): TextCard {
  const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
  return { name, length: text.length, sha256 };
}

/** Writes the file of a run; throws `DataError` when it cannot be written. */
export function writeRun(directory: string, run: RunFile): void {
  // JSON has no infinity, which `clip` may be.
  const text = JSON.stringify(
    { format: FORMAT, ...run },
    (_, value: unknown) => (value === Infinity ? "Infinity" : value),
    2,
  );
  try {
    replaceFile(runPath(directory), `${text}\n`);
  } catch (error) {
    throw cannotWrite(runPath(directory), error);
  }
}

/** Reads the file of a run; throws `DataError` for one that is missing, damaged or no run's. */
export function readRun(directory: string): RunFile {
  const path = runPath(directory);
  const file = parsed(path);
  if (file.format !== FORMAT) {
    throw new DataError(
      `${path}: expected a run of glassbox train, "${FORMAT}", got ${JSON.stringify(file.format) ?? "a file without a format"}; name the folder of a run`,
    );
  }
  const wrong = wrongField(file);
  if (wrong === undefined) return file as unknown as RunFile;
  throw new DataError(`${path}: expected ${wrong}; the file is damaged, begin another run`);
}

function parsed(path: string): Record<string, unknown> {
  try {
    const reviver = (_: string, value: unknown): unknown =>
      value === "Infinity" ? Infinity : value;
    return Object(JSON.parse(readFileSync(path, "utf8"), reviver)) as Record<string, unknown>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(
      `${path}: expected the file of a run, got "${reason}"; name a folder that glassbox train has written`,
      { cause },
    );
  }
}

/** The first field that has not the type it should have. */
function wrongField(file: Record<string, unknown>): string | undefined {
  for (const name of ["preset", "data", "tokenizer", "engine"]) {
    if (typeof file[name] !== "string") return `a text as ${name}`;
  }
  const text = Object(file.text) as Record<string, unknown>;
  if (typeof text.name !== "string" || typeof text.sha256 !== "string") {
    return "the name and the SHA-256 of the text";
  }
  const settings = Object(file.settings) as Record<string, unknown>;
  for (const [part, keys] of Object.entries({ model: modelSettings, training: trainingSettings })) {
    const values = Object(settings[part]) as Record<string, unknown>;
    for (const [key, { read, expected }] of Object.entries(keys)) {
      if (read(String(values[key])) !== values[key]) return `${expected} as ${part} ${key}`;
    }
  }
  return undefined;
}
