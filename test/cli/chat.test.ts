import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { run, summary } from "../../src/cli/chat.ts";
import { CharacterTokenizer } from "../../src/text/characters.ts";
import { said, type Said } from "./kept-terminal.ts";
import { saveScripted } from "./scripted-model.ts";

//              0123 4567 890
const script = "??? one\n??? two\n??? three four";
let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "chat-"));
  await useEngine("cpu");
  const characters = new CharacterTokenizer(script);
  await saveScripted(at("model"), { tokenizer: characters, script: characters.encode(script) });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the command on these lines. */
async function chat(lines: string, ...argv: string[]): Promise<Said> {
  const input = new PassThrough();
  input.end(lines);
  const options = ["--checkpoint", at("model"), "--engine", "cpu", "--temperature", "0"];
  return said((terminal) => run([...options, ...argv], terminal, input));
}

describe("glassbox chat", () => {
  test("writes a line after each line, and sees all lines before", async () => {
    // "tt?\n" stands at 0 to 3, and after 3 comes " one\n"; "t?\n" stands at 9 to 11, and after 11 comes " two\n".
    const { status, out } = await chat("tt?\nt?\n");
    expect({ status, out }).toEqual({ status: 0, out: " one\n two\n" });
  });

  test("lets the model go on after an empty line", async () => {
    // Nothing is added: the script's next line is written whole.
    expect((await chat("t??\n\n")).out).toBe(" one\n??? two\n");
  });

  test("ends a line that is too long, and the conversation knows it as a line", async () => {
    // " on", then a line break takes position 7: the next line begins at 8 as before.
    expect((await chat("t??\nt??\n", "--tokens", "3")).out).toBe(" on\n tw\n");
  });

  test("ends at a stop text instead of the end of the line", async () => {
    expect((await chat("t??\n", "--stop", "tw")).out).toBe(" one\n??? \n");
  });

  test("says which character the model does not know, and goes on", async () => {
    const { status, out, err } = await chat("t?é\nt??\n");
    expect({ status, out }).toEqual({ status: 0, out: " one\n" });
    expect(err).toContain(
      'glassbox chat: expected characters of the text that the model was trained on, got "é"; it knows \\n ?efhnortuw\n',
    );
  });

  test("stops what it writes at Ctrl-C, and itself at the next", async () => {
    const endless = new CharacterTokenizer("abcdef\n");
    await saveScripted(at("endless"), { tokenizer: endless, script: endless.encode("abcdef") });
    const input = new PassThrough();
    let out = "";
    const options = ["--engine", "cpu", "--temperature", "0", "--tokens", "1000000"];
    const status = run(
      ["--checkpoint", at("endless"), ...options],
      {
        stdout: {
          write: (text) => {
            out += text;
            // Ctrl-C, as a terminal sends it: while it writes, and when it waits for a line.
            if (out.length === 10 || text === "\n") setImmediate(() => input.write("\u0003"));
          },
        },
        stderr: { write: () => undefined },
      },
      Object.assign(input, { isTTY: true }),
    );
    input.write("a\r");
    expect(await status).toBe(0);
    expect(out).toMatch(/^[a-f]{10,}\n$/);
  });

  test("--help is honest about models that were taught no answers", async () => {
    const { status, out } = await said((terminal) => run(["--help"], terminal));
    expect(status).toBe(0);
    expect(out).toContain(
      "A model that was only trained on a text does not answer: it goes on as that text would",
    );
    expect(summary).not.toContain("\n");
  });

  test.each<[string, string[], number, RegExp]>([
    [
      "no folder",
      [],
      2,
      /^glassbox chat: expected --checkpoint, got none \(glassbox chat --help\)\n$/,
    ],
    [
      "a folder without a model",
      ["--checkpoint", "/none"],
      1,
      /^--checkpoint: expected a folder that glassbox train has written, got \/none, which has no checkpoint; look at its name\n$/,
    ],
    [
      "an option of generate",
      ["--checkpoint", "x", "--prompt", "a"],
      2,
      /^glassbox chat: Unknown option '--prompt'/,
    ],
  ])("refuses %s", async (_, argv, status, message) => {
    const result = await said((terminal) => run(argv, terminal, new PassThrough()));
    expect(result).toEqual({ status, out: "", err: expect.stringMatching(message) as string });
  });
});
