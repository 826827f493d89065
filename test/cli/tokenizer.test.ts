import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { run, summary } from "../../src/cli/tokenizer.ts";
import { loadPublished } from "../../src/text/published.ts";
import { openTokenizer } from "../../src/text/tokenizer-file.ts";
import { root } from "../architecture/source-files.ts";
import { built } from "../notebook-files/built.ts";
import { said, type Said } from "./kept-terminal.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tokenizer-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the command and keeps what it writes. */
const glassbox = (...argv: string[]): Promise<Said> => said((terminal) => run(argv, terminal));

const at = (name: string): string => join(folder, name);

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(at(name), content);
  return at(name);
}

const glassboxCommand = join(root, "setup/bin/glassbox.cjs");
const refused = (err: string): unknown => ({ status: 1, out: "", err });
const HELP = " (glassbox tokenizer --help)\n";
const story = "the cat sat on the mat, the cat sat on the hat\n".repeat(3);

describe("glassbox tokenizer", () => {
  test("learns from several files, and what it saved encodes and decodes a file byte for byte", async () => {
    const [a, b] = [file("a.txt", story), file("b.txt", "<|end|>the bat\n<|end|>")];
    const [t, ids, back] = [at("t.json"), at("ids.json"), at("back.txt")];

    expect(
      await glassbox("train", a, b, "--vocab", "270", "--out", t, "--special", "<|end|>"),
    ).toEqual({ status: 0, out: `${t}: 270 tokens\n`, err: "" });
    expect(await glassbox("encode", b, "--tokenizer", t, "--out", ids, "--special")).toEqual({
      status: 0,
      out: `${ids}: 22 bytes, ${count(ids)} tokens, ${(22 / count(ids)).toFixed(2)} bytes a token\n`,
      err: "",
    });
    expect(JSON.parse(readFileSync(ids, "utf8"))).toEqual(
      openTokenizer(t).encode("<|end|>the bat\n<|end|>", { special: true }),
    );
    expect(await glassbox("decode", ids, "--tokenizer", t, "--out", back)).toEqual({
      status: 0,
      out: `${back}: 22 bytes\n`,
      err: "",
    });
    expect(readFileSync(back)).toEqual(readFileSync(b));
    expect(readdirSync(folder).sort()).toEqual([
      "a.txt",
      "b.txt",
      "back.txt",
      "ids.json",
      "t.json",
    ]);
  });

  const count = (path: string): number =>
    (JSON.parse(readFileSync(path, "utf8")) as number[]).length;

  test.each<[string, string, string[], string, string]>([
    // Here "a " occurs twice only where "a b" is one text.
    ["pattern of one's own", "257", ["--pattern", "[^#]+|#"], ".a .", "a "],
    // Here " b" would be the most frequent pair, were "a b" not one token.
    ["special token", "259", ["--special", "a b", "--special", "##"], ". b. b. cd. cd", "cd"],
  ])("no block of a file ends inside a %s", async (_, vocabulary, options, end, learned) => {
    const text = file("a.txt", `.${"#".repeat(2 ** 20 - 4)}a b${end}`);
    const t = at("t.json");
    const { err } = await glassbox("train", text, "--vocab", vocabulary, "--out", t, ...options);

    expect(err).toBe("");
    expect(openTokenizer(t).show(256)).toBe(learned);
  });

  test("special tokens are plain text unless --special", async () => {
    const text = file("a.txt", "a<|endoftext|>");
    const ids = at("ids.json");
    await glassbox("encode", text, "--tokenizer", "gpt2", "--out", ids);
    const plain = count(ids);
    await glassbox("encode", text, "--tokenizer", "gpt2", "--out", ids, "--special");

    expect(plain).toBe(loadPublished("gpt2").encode("a<|endoftext|>").length);
    expect(JSON.parse(readFileSync(ids, "utf8"))).toEqual([64, 50256]);
  });

  test("a file of 10 million bytes that is no text comes back byte for byte", async () => {
    const bytes = new Uint8Array(10_000_000);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (Math.imul(i, 2654435761) >>> 13) & 0xff;
    const [data, ids, back] = [file("data", bytes), at("ids.json"), at("back")];
    await glassbox("encode", data, "--tokenizer", "cl100k_base", "--out", ids);
    await glassbox("decode", ids, "--tokenizer", "cl100k_base", "--out", back);

    expect(Buffer.compare(readFileSync(back), bytes)).toBe(0);
  });

  test("without --out encode counts, and writes no file", async () => {
    const text = file("a.txt", "hello world");

    expect(await glassbox("encode", text, "--tokenizer", "gpt2")).toEqual({
      status: 0,
      out: `${text}: 11 bytes, 2 tokens, 5.50 bytes a token\n`,
      err: "",
    });
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  test("a name that ends in .tiktoken holds ranks, which need a pattern to be read", async () => {
    const text = file("a.txt", story);
    const ranks = at("t.tiktoken");
    await glassbox("train", text, "--vocab", "262", "--out", ranks, "--pattern", "o200k_base");

    expect(readFileSync(ranks, "utf8").split("\n")[97]).toBe("YQ== 97");
    expect(await glassbox("encode", text, "--tokenizer", ranks)).toEqual({
      status: 2,
      out: "",
      err: `readBytePairs: expected a pattern for ${ranks}, since ranks do not say how text is cut; give "gpt2", "cl100k_base", "o200k_base" or a regular expression\n`,
    });
    const counted = await glassbox("encode", text, "--tokenizer", ranks, "--pattern", "o200k_base");
    expect(counted.status).toBe(0);
  });

  test("through a link --out is the file that the link leads to", async () => {
    const text = file("a.txt", story);
    const [t, ids] = [file("t.json", "older"), file("ids.json", "older")];
    symlinkSync("t.json", at("t-link.json"));
    symlinkSync(ids, at("ids-link.json"));
    await glassbox("train", text, "--vocab", "260", "--out", at("t-link.json"));
    await glassbox("encode", text, "--tokenizer", t, "--out", at("ids-link.json"));

    expect(lstatSync(at("t-link.json")).isSymbolicLink()).toBe(true);
    expect(lstatSync(at("ids-link.json")).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(ids, "utf8"))).toEqual(openTokenizer(t).encode(story));
  });

  test("a tokenizer that has a pattern of its own is given no other", async () => {
    const text = file("a.txt", story);
    const t = at("t.json");
    await glassbox("train", text, "--vocab", "260", "--out", t);
    const encode = (tokenizer: string): ReturnType<typeof glassbox> =>
      glassbox("encode", text, "--tokenizer", tokenizer, "--pattern", "o200k_base");

    expect(await encode("gpt2")).toEqual({
      status: 2,
      out: "",
      err: "openTokenizer: expected no pattern and no special tokens for gpt2, a published tokenizer that has its own; leave them out\n",
    });
    expect(await encode(t)).toEqual({
      status: 2,
      out: "",
      err: `readBytePairs: expected no pattern and no special tokens for ${t}, a tokenizer.json that names its own; leave them out\n`,
    });
    expect(() => openTokenizer("gpt2", { special: { "<s>": 50257 } })).toThrow(
      "openTokenizer: expected no pattern and no special tokens for gpt2,",
    );
  });

  test("--help says all, and the summary is one line", async () => {
    const { status, out } = await glassbox("train", "--help");

    expect(status).toBe(0);
    expect(out).toMatch(/^glassbox tokenizer train FILE… --vocab N --out PATH/);
    expect(summary).not.toContain("\n");
  });

  const module = pathToFileURL(join(root, "dist/src/cli/tokenizer.js")).href;
  const code = `const { run } = await import(${JSON.stringify(module)}); await run(process.argv.slice(2));`;
  test.each<[string, NodeJS.Signals, string[], unknown]>([
    ["Ctrl-C", "SIGINT", [glassboxCommand, "tokenizer"], [130, null]],
    ["kill", "SIGTERM", [glassboxCommand, "tokenizer"], [143, null]],
    ["a closed terminal", "SIGHUP", [glassboxCommand, "tokenizer"], [129, null]],
    [
      "Ctrl-C in a program",
      "SIGINT",
      ["--input-type=module", "-e", code, "--", "tokenizer"],
      [null, "SIGINT"],
    ],
  ])("%s while it encodes leaves the older file and no other", async (_, kill, start, status) => {
    built("src/cli/tokenizer");
    built("src/cli/tokenizer/new-file");
    const data = file("data.txt", `${story}\n`.repeat(150_000));
    const ids = file("ids.json", "[1]");
    const argv = [...start, "encode", data, "--tokenizer", "gpt2", "--out", ids];
    const child = spawn(process.execPath, argv);
    const ended = new Promise((resolve) => child.on("exit", (...how) => resolve(how)));
    while (child.exitCode === null && readdirSync(folder).length < 3) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill(kill);

    expect(await ended).toEqual(status);
    expect(readFileSync(ids, "utf8")).toBe("[1]");
    expect(readdirSync(folder).sort()).toEqual(["data.txt", "ids.json"]);
  });
});

describe("glassbox tokenizer says what is wrong", () => {
  const train = (path: string, ...rest: string[]): ReturnType<typeof glassbox> =>
    glassbox("train", path, "--out", at("t.json"), ...rest);

  test.each<[string, string[], string]>([
    ["no action", [], "tokenizer: expected train, encode or decode, got nothing\n"],
    ["an unknown action", ["learn"], "tokenizer: expected train, encode or decode, got learn\n"],
    [
      "no file",
      ["train", "--vocab", "300", "--out", "t"],
      `tokenizer train: expected FILE…, got none${HELP}`,
    ],
    [
      "no --out",
      ["train", "a", "--vocab", "300"],
      `tokenizer train: expected --out, got none${HELP}`,
    ],
    [
      "no --vocab",
      ["train", "a", "--out", "t"],
      `tokenizer train: expected --vocab, got none${HELP}`,
    ],
    [
      "no number",
      ["train", "a", "--vocab", "4k", "--out", "t"],
      `tokenizer train: expected a whole number after --vocab, got "4k"${HELP}`,
    ],
    [
      "a number below 0",
      ["train", "a", "--vocab", "-5", "--out", "t"],
      `tokenizer train: expected a value after --vocab, got -5; one that begins with a dash is written --vocab=-5${HELP}`,
    ],
    [
      "a number below 0 in one word",
      ["train", "a", "--vocab=-5", "--out", "t"],
      `tokenizer train: expected a whole number after --vocab, got "-5"${HELP}`,
    ],
    [
      "an option without its value",
      ["train", "a", "--vocab", "300", "--out"],
      `tokenizer train: expected a value after --out, got none${HELP}`,
    ],
    [
      "an empty --out",
      ["train", "a", "--vocab", "300", "--out", ""],
      `tokenizer train: expected a value after --out, got ""${HELP}`,
    ],
    [
      "an option twice",
      ["train", "a", "--vocab", "300", "--vocab", "400", "--out", "t"],
      `tokenizer train: expected --vocab once, got it 2 times${HELP}`,
    ],
    [
      "an unknown option",
      ["encode", "a", "--tokeniser", "gpt2"],
      "tokenizer encode: Unknown option '--tokeniser'",
    ],
    [
      "two files to encode",
      ["encode", "a", "b", "--tokenizer", "gpt2"],
      `tokenizer encode: expected one FILE, got a b${HELP}`,
    ],
    ["no tokenizer", ["encode", "a"], `tokenizer encode: expected --tokenizer, got none${HELP}`],
  ])("%s, status 2", async (_, argv, message) => {
    const { status, out, err } = await glassbox(...argv);

    expect([status, out]).toEqual([2, ""]);
    expect(err.startsWith(`glassbox ${message}`)).toBe(true);
  });

  test("a vocabulary too small or too large, status 2, and no file is left", async () => {
    const text = file("a.txt", story);

    expect(await train(text, "--vocab", "100")).toEqual({
      status: 2,
      out: "",
      err: "trainBytePairs: expected a vocabulary of at least 256 (the bytes), got 100; ask for a whole number above it, such as 1000\n",
    });
    const { status, err } = await train(text, "--vocab", "5000");
    expect(status).toBe(2);
    expect(err).toMatch(
      /^trainBytePairs: expected a vocabulary of at most 2\d\d, since no other pair of these texts occurs 2 times, got 5000; ask for 2\d\d or fewer, or give more text\n$/,
    );
    expect((await train(text, "--vocab", "99999999999")).err).toMatch(/got 99999999999; ask for/);
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  test("a file that is missing, a folder, empty, or no UTF-8", async () => {
    const encode = (path: string): ReturnType<typeof glassbox> =>
      glassbox("encode", path, "--tokenizer", "gpt2", "--out", at("ids.json"));
    const missing = `${at("no")}: expected a file that can be read, got "ENOENT: no such file or directory, open '${at("no")}'"; look at its name\n`;
    const empty = file("empty", "");
    const latin = file("latin", Uint8Array.from([99, 97, 102, 0xe9, 10]));

    expect(await train(at("no"), "--vocab", "300")).toEqual({ status: 1, out: "", err: missing });
    expect(await encode(at("no"))).toEqual({ status: 1, out: "", err: missing });
    expect(await encode(folder)).toEqual({
      status: 1,
      out: "",
      err: `${folder}: expected a file, got a folder; name the files in it\n`,
    });
    expect(await encode(empty)).toEqual({
      status: 1,
      out: "",
      err: `${empty}: expected text, got an empty file; name another\n`,
    });
    expect(await glassbox("decode", empty, "--tokenizer", "gpt2", "--out", at("out"))).toEqual({
      status: 1,
      out: "",
      err: `${empty}: expected ids, got an empty file; name another\n`,
    });
    expect(await train(latin, "--vocab", "300")).toEqual({
      status: 1,
      out: "",
      err: `${latin}: expected text in UTF-8, got bytes that are none among the first 5; convert it, as iconv does\n`,
    });
    expect(readdirSync(folder).sort()).toEqual(["empty", "latin"]);
  });

  test("an unknown tokenizer, with the names that are known, and a file that is none", async () => {
    const text = file("a.txt", story);

    expect(await glassbox("encode", text, "--tokenizer", "gpt3")).toEqual({
      status: 1,
      out: "",
      err: 'openTokenizer: expected gpt2, cl100k_base, o200k_base or the path of a file, got "gpt3", which is neither; look at its spelling\n',
    });
    expect(await glassbox("encode", text, "--tokenizer", text)).toEqual({
      status: 1,
      out: "",
      err: `${text}: expected a tokenizer.json, which begins with {, or ranks, whose lines are like "IQ== 0", got "the cat sat on the mat, the cat sat on t…"; name a tokenizer's file\n`,
    });
  });

  test("ids out of range and lists that are none, and an older file stays", async () => {
    const out = file("out.txt", "older");
    const decode = (path: string): ReturnType<typeof glassbox> =>
      glassbox("decode", path, "--tokenizer", "gpt2", "--out", out);
    const high = file("high.json", "[64, 50257]");
    const word = file("word.json", '[64, "a"]');
    const cut = file("cut.json", "[64, 65");

    expect(await decode(high)).toEqual({
      status: 1,
      out: "",
      err: "BytePairTokenizer: expected ids of tokens, from 0 to 50256, got 50257; were these ids made with this tokenizer?\n",
    });
    expect((await decode(word)).err).toBe(
      `${word}: expected a JSON array of ids such as [464, 2872], got "\\"a\\"" after 1 ids; name a file that \`encode\` wrote\n`,
    );
    expect((await decode(cut)).err).toBe(
      `${cut}: expected a JSON array of ids such as [464, 2872], got "65" after 1 ids; name a file that \`encode\` wrote\n`,
    );
    expect(readFileSync(out, "utf8")).toBe("older");
  });

  test("an --out that cannot be written", async () => {
    const text = file("a.txt", story);
    const out = join(folder, "no", "ids.json");
    const { status, err } = await glassbox("encode", text, "--tokenizer", "gpt2", "--out", out);

    expect(status).toBe(1);
    expect(err).toMatch(
      /ids\.json: expected a file that can be written, got "ENOENT.*"; name one in a folder that exists\n$/,
    );
    expect(existsSync(join(folder, "no"))).toBe(false);
  });

  test("an --out in no folder before it learns anything", async () => {
    const out = join(folder, "no", "t.json");
    // A text that is missing too: it would be named first if it were read first.
    const { status, err } = await glassbox("train", at("b"), "--vocab", "300", "--out", out);

    expect(status).toBe(1);
    expect(err).toMatch(/t\.json: expected a file that can be written, got "ENOENT/);
  });

  test("an --out that is a folder, a pipe or a link to nothing, and leaves them as they are", async () => {
    const text = file("a.txt", story);
    const ids = file("ids", "[1]");
    execFileSync("mkfifo", [at("pipe")]);
    symlinkSync(at("nothing"), at("link"));
    const got = {
      ".": "a folder",
      pipe: "a pipe, a socket or a device",
      link: "a link to nothing",
    };
    for (const [name, kind] of Object.entries(got)) {
      const out = at(name);
      const err = `${out}: expected a file or a new name, got ${kind}; name another\n`;

      expect(await glassbox("train", text, "--vocab", "260", "--out", out)).toEqual(refused(err));
      expect(await glassbox("encode", text, "--tokenizer", "gpt2", "--out", out)).toEqual(
        refused(err),
      );
      expect(await glassbox("decode", ids, "--tokenizer", "gpt2", "--out", out)).toEqual(
        refused(err),
      );
    }
    expect(lstatSync(at("pipe")).isFIFO()).toBe(true);
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["a.txt", "ids", "link", "pipe"]);
  });

  test("an --out that is one of the files it reads, by whatever name", async () => {
    const text = file("a.txt", story);
    const t = at("t.json");
    await train(text, "--vocab", "260");
    const learned = readFileSync(t);
    const ids = file("ids.json", "[97]");
    symlinkSync(text, at("same.txt"));
    const itself = (out: string, input: string): unknown =>
      refused(
        `${out}: expected another file than those that are read, got ${input} itself; name another\n`,
      );

    expect(await glassbox("train", ids, text, "--vocab", "260", "--out", at("same.txt"))).toEqual(
      itself(at("same.txt"), text),
    );
    expect(await glassbox("encode", text, "--tokenizer", "gpt2", "--out", text)).toEqual(
      itself(text, text),
    );
    expect(await glassbox("encode", text, "--tokenizer", t, "--out", t)).toEqual(itself(t, t));
    expect(await glassbox("decode", ids, "--tokenizer", t, "--out", ids)).toEqual(itself(ids, ids));
    expect(readFileSync(text, "utf8")).toBe(story);
    expect(readFileSync(ids, "utf8")).toBe("[97]");
    expect(readFileSync(t)).toEqual(learned);
  });
});
