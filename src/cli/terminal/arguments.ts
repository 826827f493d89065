/**
 * What the reader has typed after a command's name, checked.
 *
 * Source:  https://nodejs.org/api/util.html#utilparseargsconfig
 * Chapter: notebooks/00-start.ipynb
 */
import { parseArgs } from "node:util";

import { ConfigError } from "../../core/errors.ts";

/** The words after a command: files and options. */
export interface Words {
  readonly files: readonly string[];
  /** An option that was given; undefined when it was not. */
  readonly option: (name: string) => string | undefined;
  /** An option that must be given. Throws `ConfigError` when it is not. */
  readonly needed: (name: string) => string;
  /** All values of an option that may be given several times. */
  readonly all: (name: string) => readonly string[];
  /** Was an option without a value given? */
  readonly has: (name: string) => boolean;
}

/** The options that a command knows: with one value, with any number of values, without. */
export interface KnownOptions {
  readonly one?: readonly string[];
  readonly many?: readonly string[];
  readonly flags?: readonly string[];
}

/** Takes the words after `command`, such as "tokenizer train", apart. Throws `ConfigError` for an option that it does not know, or without its value. */
export function readWords(argv: string[], command: string, known: KnownOptions): Words {
  const { one = [], many = [], flags = [] } = known;
  const options: Record<string, { type: "string" | "boolean"; multiple?: boolean }> = {};
  // Repeated by mistake, an option with one value is refused too: so all are read as many.
  for (const name of [...one, ...many]) options[name] = { type: "string", multiple: true };
  for (const name of flags) options[name] = { type: "boolean" };
  const { values, positionals } = parsed(argv, command, options);
  const all = (name: string): string[] => (values[name] ?? []) as string[];
  for (const name of one) {
    if (all(name).length > 1) {
      throw refusal(command, `expected --${name} once, got it ${all(name).length} times`);
    }
    if (all(name)[0] === "") throw refusal(command, `expected a value after --${name}, got ""`);
  }
  return {
    files: positionals,
    option: (name) => all(name)[0],
    needed: (name) => {
      const [value] = all(name);
      if (value === undefined) throw refusal(command, `expected --${name}, got none`);
      return value;
    },
    all,
    has: (name) => values[name] === true,
  };
}

function parsed(
  args: string[],
  command: string,
  options: Record<string, { type: "string" | "boolean"; multiple?: boolean }>,
): { values: Record<string, unknown>; positionals: string[] } {
  // parseArgs refuses these too, in three lines.
  for (const [i, word] of args.entries()) {
    const next = args[i + 1];
    if (word === "--") break;
    if (!word.startsWith("--") || options[word.slice(2)]?.type !== "string") continue;
    if (next === undefined) throw refusal(command, `expected a value after ${word}, got none`);
    if (/^-./.test(next)) {
      throw refusal(
        command,
        `expected a value after ${word}, got ${next}; one that begins with a dash is written ${word}=${next}`,
      );
    }
  }
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw refusal(command, error instanceof Error ? error.message : String(error));
  }
}

/** The one file of a command. Throws `ConfigError` for none or several. */
export function onlyFile({ files }: Words, command: string): string {
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw refusal(
      command,
      `expected one FILE, got ${files.length === 0 ? "none" : files.join(" ")}`,
    );
  }
  return file;
}

/** An error about what was typed, with the way to the help. */
export function refusal(command: string, problem: string): ConfigError {
  const [name] = command.split(" ");
  return new ConfigError(`glassbox ${command}: ${problem} (glassbox ${name} --help)`);
}
