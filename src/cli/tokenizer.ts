/**
 * `glassbox tokenizer`: learns a vocabulary from files, turns files into ids and ids into files.
 *
 * Source:  Sennrich et al. (2016), https://arxiv.org/abs/1508.07909; src/text
 * Chapter: notebooks/01-tokens.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { trainBytePairs } from "../text/byte-pair-training.ts";
import type { BytePairTokenizer } from "../text/byte-pair-tokenizer.ts";
import { encodeStream } from "../text/encode-stream.ts";
import { IdListReader, IdListWriter } from "../text/id-list.ts";
import { hasScanner } from "../text/pre-tokenizer.ts";
import { openTokenizer, saveBytePairs } from "../text/tokenizer-file.ts";
import { writablePath } from "../text/writable-path.ts";
import { onlyFile, readWords, refusal, type Words } from "./terminal/arguments.ts";
import { ProgressLine } from "./terminal/progress-line.ts";
import { exitStatus, type Terminal } from "./terminal/terminal.ts";
import { writeNewFile } from "./tokenizer/new-file.ts";
import { bytesOf, textOf } from "./tokenizer/read-file.ts";

/** One line for the list of commands. */
export const summary = "learn a vocabulary, turn text into ids and back";

const USAGE = `glassbox tokenizer train FILE… --vocab N --out PATH      learn N tokens from files in UTF-8
    --pattern P        how text is cut: gpt2 (default), cl100k_base, o200k_base or a regular expression
    --special TOKEN    a special token, such as "<|end|>"; may be given several times
glassbox tokenizer encode FILE --tokenizer T [--out PATH]  turn a file into ids, a JSON array; without --out count them
    --special          special tokens in the file become their ids; otherwise they are plain text
glassbox tokenizer decode FILE --tokenizer T --out PATH    turn ids back into the file, byte for byte
PATH of train: tokenizer.json, or ranks (tiktoken) when it ends in .tiktoken.
T: gpt2, cl100k_base, o200k_base, or the path of a tokenizer.json or of ranks; ranks need --pattern P too.
`;

/** Runs the command with what follows `tokenizer` on its line; resolves with the exit status. */
export async function run(argv: string[], terminal: Terminal = process): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) {
    terminal.stdout.write(USAGE);
    return 0;
  }
  return exitStatus(terminal, async () => {
    const [action, ...rest] = argv;
    if (action === "train") train(rest, terminal);
    else if (action === "encode") await encode(rest, terminal);
    else if (action === "decode") await decode(rest, terminal);
    else {
      const got = action ?? "nothing";
      throw new ConfigError(
        `glassbox tokenizer: expected train, encode or decode, got ${got}\n${USAGE}`,
      );
    }
    return 0;
  });
}

function train(argv: string[], { stdout, stderr }: Terminal): void {
  const words = readWords(argv, "tokenizer train", {
    one: ["vocab", "out", "pattern"],
    many: ["special"],
  });
  if (words.files.length === 0) throw refusal("tokenizer train", "expected FILE…, got none");
  const out = words.needed("out");
  const vocabulary = words.needed("vocab");
  if (!/^\d+$/.test(vocabulary)) {
    throw refusal("tokenizer train", `expected a whole number after --vocab, got "${vocabulary}"`);
  }
  writablePath(out, { inputs: words.files });
  const progress = new ProgressLine("tokenizer train", stderr);
  const V = Number(vocabulary);
  try {
    const pattern = words.option("pattern") ?? "gpt2";
    const special = words.all("special");
    const texts = textsOf(words.files, {
      // Where files are cut, between two words, such a pattern or token may go on.
      whole: !hasScanner(pattern) || special.some((token) => token.includes(" ")),
      progress: (part, file) => progress.at(part / 2, `reading ${file}`),
    });
    const pairs = trainBytePairs(texts, {
      vocabulary: V,
      pattern,
      special,
      progress: (event) => {
        if (event.type === "merge") progress.at(0.5 + event.joined / V / 2, "joining pairs");
      },
    });
    saveBytePairs(out, pairs);
  } finally {
    progress.end();
  }
  stdout.write(`${out}: ${V.toLocaleString("en")} tokens\n`);
}

function* textsOf(
  files: readonly string[],
  options: { whole: boolean; progress: (part: number, file: string) => void },
): Generator<string> {
  const { whole, progress } = options;
  for (const [i, file] of files.entries()) {
    yield* textOf(file, { whole, progress: (part) => progress((i + part) / files.length, file) });
  }
}

async function encode(argv: string[], { stdout, stderr }: Terminal): Promise<void> {
  const words = readWords(argv, "tokenizer encode", {
    one: ["tokenizer", "out", "pattern"],
    flags: ["special"],
  });
  const file = onlyFile(words, "tokenizer encode");
  const out = words.option("out");
  if (out !== undefined) writablePath(out, { inputs: [file, words.needed("tokenizer")] });
  const tokenizer = namedTokenizer(words);
  const progress = new ProgressLine("tokenizer encode", stderr);
  let bytes = 0;
  let tokens = 0;
  const counted = function* (blocks: Iterable<Uint8Array>): Generator<Uint8Array> {
    for (const block of blocks) {
      bytes += block.length;
      yield block;
    }
  };
  const encodeTo = async (write: (text: string) => Promise<void>): Promise<void> => {
    const list = new IdListWriter();
    const blocks = counted(bytesOf(file, { progress: (part) => progress.at(part, file) }));
    for await (const ids of encodeStream(blocks, tokenizer, { special: words.has("special") })) {
      tokens += ids.length;
      await write(list.add(ids));
    }
    await write(list.end());
  };
  try {
    if (out === undefined) await encodeTo(() => Promise.resolve());
    else await writeNewFile(out, encodeTo);
  } finally {
    progress.end();
  }
  const [B, N] = [bytes, tokens].map((count) => count.toLocaleString("en"));
  stdout.write(
    `${out ?? file}: ${B} bytes, ${N} tokens, ${(bytes / tokens).toFixed(2)} bytes a token\n`,
  );
}

async function decode(argv: string[], { stdout, stderr }: Terminal): Promise<void> {
  const words = readWords(argv, "tokenizer decode", { one: ["tokenizer", "out", "pattern"] });
  const file = onlyFile(words, "tokenizer decode");
  const out = words.needed("out");
  writablePath(out, { inputs: [file, words.needed("tokenizer")] });
  const tokenizer = namedTokenizer(words);
  const progress = new ProgressLine("tokenizer decode", stderr);
  let bytes = 0;
  try {
    await writeNewFile(out, async (write) => {
      const list = new IdListReader(file);
      const options = { content: "ids", progress: (part: number) => progress.at(part, file) };
      for (const block of bytesOf(file, options)) {
        // What is no ASCII is no list of ids either way.
        const decoded = tokenizer.decodeBytes(list.add(Buffer.from(block).toString("latin1")));
        bytes += decoded.length;
        await write(decoded);
      }
      list.end();
    });
  } finally {
    progress.end();
  }
  stdout.write(`${out}: ${bytes.toLocaleString("en")} bytes\n`);
}

function namedTokenizer(words: Words): BytePairTokenizer {
  const pattern = words.option("pattern");
  return openTokenizer(words.needed("tokenizer"), pattern === undefined ? {} : { pattern });
}
