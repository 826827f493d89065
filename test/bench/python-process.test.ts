import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { PythonProcess } from "../../src/bench/python-process.ts";
import { DataError } from "../../src/core/errors.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "python-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function program(text: string, name = "side.py"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Doubles numbers and counts its answers; knows how to fail. */
const DOUBLE = `
import json, os, sys
answers = 0
for line in sys.stdin:
    question = json.loads(line)
    answers += 1
    if question["do"] == "refuse":
        print(json.dumps({"error": "expected a number, got none; give one"}))
    elif question["do"] == "chatter":
        print("hello")
    elif question["do"] == "list":
        print("[1, 2]")
    elif question["do"] == "fail":
        raise ValueError("no such thing")
    else:
        print(json.dumps({"twice": 2 * question["n"], "answers": answers, "pid": os.getpid(), "seen": os.environ.get("SEEN")}))
`;

describe("a Python program that answers", () => {
  test("stays alive from question to question, and gets the environment that it is given", async () => {
    const python = new PythonProcess(program(DOUBLE), { python: "python3", env: { SEEN: "牛" } });
    try {
      const first = await python.ask({ do: "double", n: 21 });
      const second = await python.ask({ do: "double", n: 0.5 });
      expect(first).toEqual({ twice: 42, answers: 1, pid: first.pid, seen: "牛" });
      expect(second).toEqual({ twice: 1, answers: 2, pid: first.pid, seen: "牛" });
    } finally {
      await python.end();
    }
  });

  test("is gone after end", async () => {
    const python = new PythonProcess(program(DOUBLE), { python: "python3" });
    const { pid } = await python.ask({ do: "double", n: 1 });
    expect(process.kill(pid as number, 0)).toBe(true);

    await python.end();
    expect(() => process.kill(pid as number, 0)).toThrow("ESRCH");
  });

  test("does not import the files beside it instead of packages of the same name", async () => {
    program("raise ImportError('the file beside')", "fractions.py");
    const path = program(`import json, sys, fractions
for line in sys.stdin: print(json.dumps({"half": str(fractions.Fraction(1, 2))}))`);
    const python = new PythonProcess(path, { python: "python3" });
    try {
      expect(await python.ask({})).toEqual({ half: "1/2" });
    } finally {
      await python.end();
    }
  });
});

describe("a Python program that fails", () => {
  const failure = async (text: string, question: string): Promise<string> => {
    const python = new PythonProcess(program(text), { python: "python3" });
    try {
      const error: unknown = await python.ask({ do: question }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DataError);
      return (error as DataError).message.replaceAll(folder, "FOLDER");
    } finally {
      await python.end();
    }
  };

  test("by its own sentence", async () => {
    expect(await failure(DOUBLE, "refuse")).toBe(
      "FOLDER/side.py: expected a number, got none; give one",
    );
  });

  test("by an exception: its last words are quoted", async () => {
    const message = await failure(DOUBLE, "fail");

    expect(message.split("\n")[0]).toBe(
      "FOLDER/side.py: expected an answer, got none: it ended with 1",
    );
    expect(message.split("\n").at(-1)).toBe("ValueError: no such thing");
  });

  test("before the first question", async () => {
    expect((await failure("import no_such_package", "double")).split("\n").at(-1)).toBe(
      "ModuleNotFoundError: No module named 'no_such_package'",
    );
  });

  test.each([
    ["chatter", "hello"],
    ["list", "[1, 2]"],
  ])("by an answer that is no object (%s)", async (question, answer) => {
    expect(await failure(DOUBLE, question)).toBe(
      `FOLDER/side.py: expected a line of JSON, got "${answer}"; it must print answers only`,
    );
  });

  test("because there is no such Python", async () => {
    const python = new PythonProcess(program(DOUBLE), { python: "no-such-python" });

    await expect(python.ask({ do: "double" })).rejects.toThrow(
      `${join(folder, "side.py")}: expected an answer, got none: spawn no-such-python ENOENT`,
    );
    await python.end();
  });
});
