import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { run, summary } from "../../src/cli/generate.ts";
import { trainBytePairs } from "../../src/text/byte-pair-training.ts";
import { BytePairTokenizer } from "../../src/text/byte-pair-tokenizer.ts";
import { CharacterTokenizer } from "../../src/text/characters.ts";
import { said, type Said } from "./kept-terminal.ts";
import { saveScripted } from "./scripted-model.ts";

const script = "abc. Then x.\nMore of it";
let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "generate-"));
  await useEngine("cpu");
  const characters = new CharacterTokenizer(script);
  await saveScripted(at("letters"), { tokenizer: characters, script: characters.encode(script) });
  const pairs = new BytePairTokenizer(trainBytePairs(["a"], { vocabulary: 256, pattern: "gpt2" }));
  await saveScripted(at("bytes"), { tokenizer: pairs, script: pairs.encode("né 你👍!") });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const greedy = ["--temperature", "0", "--engine", "cpu"];
const glassbox = (...argv: string[]): Promise<Said> => said((terminal) => run(argv, terminal));
/** Writes on from "a", which stands at position 0: the script begins after it. */
const fromA = (...argv: string[]): Promise<Said> =>
  glassbox("--checkpoint", at("letters"), "--prompt", "a", ...greedy, ...argv);

describe("glassbox generate", () => {
  test("writes the prompt and what the model writes after it, and on stderr the engine and the speed", async () => {
    const { status, out, err } = await fromA("--tokens", "10");

    expect({ status, out }).toEqual({ status: 0, out: "aabc. Then \n" });
    expect(err).toMatch(/^engine: cpu .*\n10 tokens, [\d,.]+ a second\n$/);
  });

  test("says nothing of a token that only may have been a stop", async () => {
    // " Th" is not " Tx": what waited comes after all.
    expect((await fromA("--tokens", "10", "--stop", " Tx")).out).toBe("aabc. Then \n");
    expect((await fromA("--tokens", "6", "--stop", " Thx")).out).toBe("aabc. T\n");
  });

  test("ends before a stop text, the first of several", async () => {
    const stops = ["--stop", "Mo", "--stop", ".\n"];
    // It writes no more then, though it might write for hours.
    const { out } = await fromA(...stops, "--tokens", "100000000", "--count", "2");
    expect(out).toBe(`aabc. Then x\n${"-".repeat(40)}\naabc. Then x\n`);
  });

  test("ends before a stop text that begins inside of a token, and shows whole characters alone", async () => {
    const argv = ["--checkpoint", at("bytes"), "--prompt", "x", "--tokens", "8", ...greedy];
    // 8 bytes: n, é of two, a space, 你 of three, and the first of 👍, which never becomes whole.
    expect((await glassbox(...argv)).out).toBe("xné 你\ufffd\n");
    expect((await glassbox(...argv, "--stop", "你")).out).toBe("xné \n");
  });

  test("draws --count texts, each by itself, and the same again with the same seed", async () => {
    const drawn = (...argv: string[]): Promise<Said> =>
      glassbox("--checkpoint", at("letters"), "--prompt", "a", "--engine", "cpu", ...argv);
    const argv = ["--temperature", "40", "--tokens", "6", "--count", "3"];
    const { out } = await drawn(...argv);
    const texts = out.trimEnd().split(`\n${"-".repeat(40)}\n`);

    expect(texts).toHaveLength(3);
    for (const text of texts) expect(text).toMatch(/^a[^]{6}$/);
    expect(new Set(texts).size).toBe(3);
    expect((await drawn(...argv)).out).toBe(out);
    expect((await drawn(...argv, "--seed", "2")).out).not.toBe(out);
    expect((await drawn(...argv.slice(0, 4))).out).toBe(`${texts[0]}\n`);
  });

  test("with --json tells each token with the characters that are whole, and each text at its end", async () => {
    const argv = ["--checkpoint", at("bytes"), "--prompt", "x", ...greedy, "--json"];
    const { out } = await glassbox(...argv, "--tokens", "9", "--stop", "你");
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; text?: string });

    expect(lines[0]).toEqual({
      type: "token",
      row: 0,
      id: expect.any(Number) as number,
      position: 1,
      probability: 1,
      text: "n",
    });
    expect(lines.map(({ text }) => text)).toEqual(["n", "", "é", " ", "", "", "", "né "]);
    expect(lines.at(-1)).toEqual({ type: "end", row: 0, reason: "stop", text: "né " });
  });

  test("slides where the context is full, which --json tells", async () => {
    const { out } = await fromA("--json", "--tokens", "24");
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; kept?: number });

    expect(lines.filter(({ type }) => type === "slide")).toEqual([
      { type: "slide", row: 0, kept: 11 },
    ]);
  });

  test("--help says all, and the summary is one line", async () => {
    const { status, out } = await glassbox("--help");

    expect(status).toBe(0);
    expect(out).toMatch(/^glassbox generate --checkpoint DIR --prompt TEXT/);
    for (const name of [
      "tokens",
      "temperature",
      "top-k",
      "top-p",
      "repetition-penalty",
      "stop",
      "seed",
      "count",
      "engine",
      "json",
    ]) {
      expect(out).toContain(`--${name}`);
    }
    expect(summary).not.toContain("\n");
  });
});

describe("glassbox generate says what is wrong", () => {
  const HELP = " (glassbox generate --help)\n";
  const wrong = (...argv: string[]): Promise<Said> => fromA(...argv);

  test.each<[string, string[], string]>([
    ["no folder", ["--prompt", "a"], "glassbox generate: expected --checkpoint, got none"],
    ["no prompt", ["--checkpoint", "x"], "glassbox generate: expected --prompt, got none"],
    [
      "an empty prompt",
      ["--checkpoint", "x", "--prompt", ""],
      'glassbox generate: expected a value after --prompt, got ""',
    ],
    [
      "a text without quotes",
      ["--checkpoint", "x", "--prompt", "a", "b"],
      'glassbox generate: expected options alone, got "b"; put quotes around a text',
    ],
  ])("%s", async (_, argv, message) => {
    expect(await glassbox(...argv)).toEqual({ status: 2, out: "", err: message + HELP });
  });

  test.each<[string, string, string]>([
    ["--tokens", "0", "a whole number from 1"],
    ["--tokens", "many", "a whole number from 1"],
    ["--top-k", "1.5", "a whole number from 1"],
    ["--top-p", "0", "a number above 0 and at most 1"],
    ["--top-p", "1.01", "a number above 0 and at most 1"],
    ["--repetition-penalty", "0", "a number above 0"],
    ["--seed", "0x1", "a whole number from 0"],
    ["--count", "101", "a whole number from 1 to 100"],
  ])("%s %s", async (option, value, expected) => {
    expect(await wrong(option, value)).toEqual({
      status: 2,
      out: "",
      err: `glassbox generate: expected ${expected} after ${option}, got "${value}"${HELP}`,
    });
  });

  test("a temperature below 0", async () => {
    const argv = ["--checkpoint", at("letters"), "--prompt", "a", "--temperature=-1"];
    expect((await glassbox(...argv)).err).toBe(
      `glassbox generate: expected a number from 0 after --temperature, got "-1"${HELP}`,
    );
  });

  test("an empty stop text", async () => {
    expect((await wrong("--stop", "")).err).toBe(
      `glassbox generate: expected a text after --stop, got ""${HELP}`,
    );
  });

  test("a folder without a model", async () => {
    // Nothing is said of an engine: none is started for it.
    expect(await glassbox("--checkpoint", at("none"), "--prompt", "a")).toEqual({
      status: 1,
      out: "",
      err: `--checkpoint: expected a folder that glassbox train has written, got ${at("none")}, which has no checkpoint; look at its name\n`,
    });
  });

  test("a tokenizer of another model", async () => {
    const other = at("other");
    const characters = new CharacterTokenizer("ab");
    await saveScripted(other, { tokenizer: characters, script: [0, 1] });
    const { saveTokenizer } = await import("../../src/data/text-tokenizer.ts");
    saveTokenizer(other, new CharacterTokenizer("abc"));
    expect(await glassbox("--checkpoint", other, "--prompt", "a")).toEqual({
      status: 1,
      out: "",
      err: `${other}: expected a tokenizer of the model's 2 tokens, got one of 3; restore the tokenizer.json that the model was trained with\n`,
    });
  });

  test("a character that the model has never seen", async () => {
    expect(await glassbox("--checkpoint", at("letters"), "--prompt", "aé👍")).toEqual({
      status: 1,
      out: "",
      err: 'glassbox generate: expected characters of the text that the model was trained on, got "é"; it knows \\n .MTabcefhinortx\n',
    });
  });

  test("an engine that there is not", async () => {
    const { status, err } = await glassbox(
      "--checkpoint",
      at("letters"),
      "--prompt",
      "a",
      "--engine",
      "abacus",
    );
    expect(status).toBe(2);
    expect(err).toContain("glassbox generate --engine: expected ");
  });
});
