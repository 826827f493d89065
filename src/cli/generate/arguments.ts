/**
 * What `glassbox generate` and `glassbox chat` have in common on their lines: which model, how it draws, where it ends.
 *
 * Source:  https://clig.dev/#arguments-and-flags
 * Chapter: notebooks/12-gpt.ipynb
 */
import type { SamplingOptions } from "../../generate/sampling.ts";
import { readWords, refusal, type KnownOptions, type Words } from "../terminal/arguments.ts";
import { engineUsage } from "../terminal/engine-option.ts";

/** The help on the options that both commands have. */
export const writingUsage: string = `--checkpoint DIR           the folder that glassbox train has written
--tokens N                 the most tokens to write, 200 unless said
--temperature X            0 takes the likeliest token, 1 draws by the model's own probabilities; 0.8 unless said
--top-k K                  only the K likeliest tokens may come
--top-p P                  only the fewest likeliest tokens may come that have P of the probability together
--repetition-penalty X     above 1, tokens that the text already has become less likely; 1.2 is usual
--stop TEXT                end before this text; may be given several times
--seed S                   another seed, another text; 1 unless said
${engineUsage}`;

/** How a model is to write. */
export interface Writing {
  /** The folder of the model. */
  readonly checkpoint: string;
  /** The most tokens of a text. */
  readonly tokens: number;
  readonly sampling: SamplingOptions;
  /** Texts before which writing ends. */
  readonly stops: readonly string[];
  readonly seed: number;
  readonly engine: string | undefined;
}

/** What the number after an option must be. */
export interface NumberRule {
  readonly expected: string;
  readonly accepts: (value: number) => boolean;
}

/** A whole number from `least`, up to `most` where there is one. */
export function whole(least: number, most?: number): NumberRule {
  return {
    expected: `a whole number from ${least}${most === undefined ? "" : ` to ${most}`}`,
    accepts: (value) => Number.isSafeInteger(value) && value >= least && value <= (most ?? value),
  };
}

const rules = {
  tokens: whole(1),
  temperature: { expected: "a number from 0", accepts: (value) => value >= 0 },
  "top-k": whole(1),
  "top-p": {
    expected: "a number above 0 and at most 1",
    accepts: (value) => value > 0 && value <= 1,
  },
  "repetition-penalty": { expected: "a number above 0", accepts: (value) => value > 0 },
  seed: whole(0),
} satisfies Readonly<Record<string, NumberRule>>;

/**
 * The words after `command`, "generate" or "chat", which may have options of its own.
 *
 * Throws `ConfigError` for an option that is unknown, without its value, out of range or given twice, for one that is
 * missing, and for a word that is no option.
 */
export function readWriting(
  argv: string[],
  command: string,
  own: KnownOptions = {},
): { readonly words: Words; readonly writing: Writing } {
  const words = readWords(argv, command, {
    one: [...Object.keys(rules), "checkpoint", "engine", ...(own.one ?? [])],
    many: ["stop", ...(own.many ?? [])],
    flags: own.flags ?? [],
  });
  const [word] = words.files;
  if (word !== undefined) {
    throw refusal(command, `expected options alone, got "${word}"; put quotes around a text`);
  }
  const stops = words.all("stop");
  if (stops.includes("")) throw refusal(command, 'expected a text after --stop, got ""');
  const number = (name: keyof typeof rules): number | undefined =>
    numberAfter(words, { command, name, rule: rules[name] });
  const sampling = {
    temperature: number("temperature") ?? 0.8,
    topK: number("top-k"),
    topP: number("top-p"),
    repetitionPenalty: number("repetition-penalty"),
  };
  const writing = {
    checkpoint: words.needed("checkpoint"),
    tokens: number("tokens") ?? 200,
    sampling,
    stops,
    seed: number("seed") ?? 1,
    engine: words.option("engine"),
  };
  return { words, writing };
}

/** The number after an option, undefined where it was not given. Throws `ConfigError` for what is none, or out of range. */
export function numberAfter(
  words: Words,
  {
    command,
    name,
    rule,
  }: { readonly command: string; readonly name: string; readonly rule: NumberRule },
): number | undefined {
  const text = words.option(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  const isNumber = /^[\d.]+(e[+-]?\d+)?$/i.test(text) && Number.isFinite(value);
  if (isNumber && rule.accepts(value)) return value;
  throw refusal(command, `expected ${rule.expected} after --${name}, got "${text}"`);
}
