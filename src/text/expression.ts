/**
 * Regular expressions of other tools, said in JavaScript.
 *
 * Tokenizer files hold expressions in the syntax of Rust, of Python's `regex` or of Oniguruma. Most of it
 * is JavaScript's too. What is not is rewritten where that is possible without a change of meaning:
 *
 *     (?i:'s|'t)    case ignored in a group    ->  (?:'[sS\u017f]|'[tT])
 *     \p{L}++       taken, never given back    ->  (?=(?<p1>\p{L}+))\k<p1>
 *     \s \d \w .    meant for all of Unicode   ->  [\p{White_Space}] \p{Nd} … [^\n]
 *
 * An expression of one's own may take time in proportion to the square of the text's length; the
 * published patterns never do, since scanners (piece-scanners.ts) read them.
 *
 * Source:  https://docs.rs/regex/latest/regex/#syntax and https://github.com/fancy-regex/fancy-regex;
 *          atomic groups by lookahead: Friedl (2006), "Mastering Regular Expressions", chapter 4
 * Chapter: notebooks/01-tokens.ipynb
 */
import { ConfigError } from "../core/errors.ts";

/** What the escapes of other tools stand for, as the inside of a class. */
const CLASSES: Readonly<Record<string, string>> = {
  s: "\\p{White_Space}",
  S: "\\P{White_Space}",
  d: "\\p{Nd}",
  D: "\\P{Nd}",
};
const WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";

/** Letters that are the same as an ASCII letter when case is ignored, beside its other case. */
const ALSO: Readonly<Record<string, string>> = { s: "\u017f", k: "\u212a" };

/**
 * The pattern as a JavaScript expression with the flags `g` and `u`.
 *
 * Throws `ConfigError` for syntax that JavaScript cannot express.
 */
export function expression(pattern: string): RegExp {
  try {
    return new RegExp(new Rewrite(pattern).all(), "gu");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `pieceEnd: expected "gpt2", "cl100k_base", "o200k_base" or a regular expression that JavaScript can express, got ${JSON.stringify(pattern)} (${reason}); rewrite that part`,
      { cause: error },
    );
  }
}

/** Reads a pattern once, from left to right, and says each part in JavaScript. */
class Rewrite {
  readonly #pattern: string;
  #at = 0;
  #possessive = 0;
  #anyCase = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** The whole pattern. */
  all(): string {
    const said = this.#alternatives();
    if (this.#peek() === ")") throw new SyntaxError("a group is closed that was not opened");
    return said;
  }

  /** What stands here up to the end, or up to the closing bracket of the group. */
  #alternatives(): string {
    let said = "";
    while (this.#at < this.#pattern.length && this.#peek() !== ")") {
      said += this.#peek() === "|" ? this.#take(1) : this.#repeated();
    }
    return said;
  }

  /** One atom with what says how often: `\p{N}{1,3}+`. */
  #repeated(): string {
    const atom = this.#atom();
    const often = this.#match(/[*+?]|\{\d+(?:,\d*)?\}/y);
    if (often === "") return atom;
    if (this.#peek() === "?") return atom + often + this.#take(1);
    if (this.#peek() !== "+") return atom + often;
    this.#take(1);
    const name = `p${++this.#possessive}`;
    return `(?=(?<${name}>${atom}${often}))\\k<${name}>`;
  }

  #atom(): string {
    const next = this.#peek();
    if (next === "(") return this.#group();
    if (next === "[") return this.#class();
    if (next === "\\") return this.#escape(false);
    this.#take(1);
    if (next === ".") return "[^\\n]";
    // A character outside the first plane is two units, and one atom.
    const code = this.#pattern.codePointAt(this.#at - 1) as number;
    if (code > 0xffff) this.#take(1);
    return this.#letter(String.fromCodePoint(code));
  }

  #group(): string {
    const ignoring = this.#anyCase;
    if (this.#match(/\(\?i\)/y) !== "") {
      this.#anyCase = true; // to the end of the group around it
      return "(?:)";
    }
    const open = this.#match(/\(\?(?:i?:|=|!|<=|<!|>|P?<\w+>)|\((?!\?)/y);
    if (open === "") throw new SyntaxError(`group ${this.#pattern.slice(this.#at, this.#at + 4)}`);
    if (open === "(?i:") this.#anyCase = true;
    const inside = this.#alternatives();
    if (this.#peek() !== ")") throw new SyntaxError("a group is not closed");
    this.#take(1);
    this.#anyCase = ignoring;
    if (open === "(?>") {
      const name = `p${++this.#possessive}`;
      return `(?:(?=(?<${name}>${inside}))\\k<${name}>)`;
    }
    // Captures are not needed, and their numbers would shift those of the groups made here.
    const plain = open === "(" || open === "(?i:" || open.endsWith(">");
    return `${plain ? "(?:" : open}${inside})`;
  }

  #class(): string {
    let said = this.#match(/\[\^?\]?/y);
    if (said.endsWith("]")) said = `${said.slice(0, -1)}\\]`; // the first ] is a character
    while (this.#peek() !== "]") {
      if (this.#at >= this.#pattern.length) throw new SyntaxError("a class is not closed");
      const rest = this.#pattern.slice(this.#at, this.#at + 2);
      if (rest.startsWith("[") || rest === "&&" || rest === "--" || rest === "~~") {
        throw new SyntaxError(`${rest} inside a class`);
      }
      said += this.#peek() === "\\" ? this.#escape(true) : this.#classLetter();
    }
    return said + this.#take(1);
  }

  #classLetter(): string {
    const letter = this.#take(1);
    if (this.#anyCase && /[a-zA-Z]/.test(letter)) {
      if (this.#peek() === "-") throw new SyntaxError("a range of letters where case is ignored");
      return cases(letter);
    }
    return letter;
  }

  #escape(inClass: boolean): string {
    const property = this.#match(/\\[pP](?:\{\^?[\w=]+\}|[A-Z])/y);
    if (property !== "") return propertyOf(property);
    const code = this.#match(/\\x\{[0-9a-fA-F]+\}|\\[xuU][0-9a-fA-F]+/y);
    if (code !== "") return `\\u{${code.replace(/^\\[xuU]\{?|\}$/g, "").replace(/^0+(?=.)/, "")}}`;
    const [, kind = ""] = this.#take(2);
    const known = CLASSES[kind];
    if (known !== undefined) return inClass ? known : `[${known}]`;
    if (kind === "w") return inClass ? WORD : `[${WORD}]`;
    if (kind === "W" && !inClass) return `[^${WORD}]`;
    if (kind === "b" && !inClass) {
      return `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;
    }
    if (kind === "A" && !inClass) return "^";
    if (kind === "z" && !inClass) return "$";
    if ("nrtfv".includes(kind) && kind !== "") return `\\${kind}`;
    if (/^[^\w]$/.test(kind)) return literal(kind);
    throw new SyntaxError(`escape \\${kind}`);
  }

  #letter(character: string): string {
    if (!this.#anyCase || character.toLowerCase() === character.toUpperCase()) return character;
    return `[${cases(character)}]`;
  }

  #peek(): string {
    return this.#pattern[this.#at] ?? "";
  }

  #take(units: number): string {
    const taken = this.#pattern.slice(this.#at, this.#at + units);
    this.#at += units;
    return taken;
  }

  /** What the sticky expression matches here, taken; "" where it does not. */
  #match(sticky: RegExp): string {
    sticky.lastIndex = this.#at;
    return this.#take(sticky.exec(this.#pattern)?.[0].length ?? 0);
  }
}

function cases(letter: string): string {
  const lower = letter.toLowerCase();
  return lower + letter.toUpperCase() + (ALSO[lower] ?? "");
}

/** A character without its special meaning. */
function literal(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

/** \pL and \p{Han} and \p{^L}, as JavaScript writes them. */
function propertyOf(escape: string): string {
  const name = escape.slice(2).replace(/[{}^]/g, "");
  const negated = escape.startsWith("\\P") !== escape.includes("^");
  for (const said of [name, `Script=${name}`]) {
    try {
      return new RegExp(`\\${negated ? "P" : "p"}{${said}}`, "u").source;
    } catch {
      continue; // not a name of this kind; the error below when of neither
    }
  }
  throw new SyntaxError(`property ${escape}`);
}
