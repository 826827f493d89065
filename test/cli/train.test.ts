import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { run } from "../../src/cli/train.ts";
import { loadCard } from "../../src/train/checkpoint.ts";
import type { TrainEvent } from "../../src/train/events.ts";
import { said, type Said } from "./kept-terminal.ts";

/** 12 different characters; 2,400 of them. */
const TEXT = "the cat sat on the mat.\n".repeat(100);

let folder: string;
let text: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "train-"));
  text = file("cats.txt", TEXT);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const train = (...argv: string[]): Promise<Said> => said((terminal) => run(argv, terminal));

/** A model of some hundred weights, on the engine that starts at once. */
const SMALL = ["--engine", "cpu", "--set"].concat(
  ["context=8", "layers=1", "channels=8", "heads=2", "batch=4", "warmUp=2"],
  ["evaluateEvery=4", "evaluateBatches=2", "checkpointEvery=2"],
);

const QUIET = "sampleEvery=0";

const small = (directory: string, ...more: string[]): Promise<Said> => {
  const quiet = more.some((word) => word.startsWith("sampleEvery")) ? [] : [QUIET];
  const line = ["tiny", "--data", text, "--out", directory, "--steps", "6"];
  return train(...line, ...SMALL, ...quiet, ...more);
};

function lines(out: string): TrainEvent[] {
  return out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as TrainEvent);
}

/** Runs until the first event of a step is out, and tells it to stop as Ctrl-C does. */
function stoppedAt(step: number, argv: string[]): Promise<Said> {
  return said((terminal) => {
    let ending: (() => void | Promise<void>) | undefined;
    const write = (line: string): void => {
      terminal.stdout.write(line);
      if (line.startsWith(`{"type":"step","step":${step},`)) void ending?.();
    };
    return run(argv, {
      stdout: { write },
      stderr: terminal.stderr,
      whenStopped: (work) => {
        ending = work;
        return () => (ending = undefined);
      },
    });
  });
}

describe("a run", () => {
  test("says what it trains, its losses, what the model writes, and what to do next", async () => {
    const directory = join(folder, "run");
    const { status, out } = await small(directory, "sampleEvery=6");

    expect(status).toBe(0);
    const [engine, model, data, steps, ...rest] = out.split("\n");
    expect(engine).toMatch(/^engine: cpu 4\.22\.0, /);
    // 12 · 8 + 8 · 8 + 4 · 8² + 8 · 8² + 3 · 8
    expect(model).toBe("tiny: 1 layer, 2 heads, 8 channels, 952 parameters");
    expect(data).toBe(
      "text: cats.txt, 2,160 tokens to learn from and 240 held out, of 12 different ones (characters)",
    );
    expect(steps).toBe(`run: 6 steps of 4 × 8 tokens, seed 1, kept in ${directory}`);
    const shape = rest.map((line) => line.replaceAll(/\d\.\d+/g, "#").replace(/ [┤│].*/, " ┤"));
    expect(shape.slice(0, 4)).toEqual([
      "step 0: loss #, held out #",
      "step 4: loss #, held out #",
      "step 6: loss #, held out #",
      "it writes:",
    ]);
    expect(
      rest
        .slice(4)
        .filter((line) => line.startsWith("  | "))
        .join("").length,
    ).toBeGreaterThan(200);
    expect(shape.slice(-15)).toEqual([
      ...Array<string>(10).fill("# ┤"),
      "     └──────",
      "      1    6   steps; ● loss, ○ held out",
      `the model is in ${directory}. It writes on from a text by`,
      `  npx glassbox generate --checkpoint ${directory} --prompt cat`,
      "",
    ]);
  });

  test("--json puts a line of JSON for each event on stdout, and everything else on stderr", async () => {
    const { status, out, err } = await small(join(folder, "run"), "--json");
    const events = lines(out);

    expect(status).toBe(0);
    expect(events.map(({ type, step }) => `${type} ${step}`)).toEqual([
      ...["evaluation 0", "step 1", "step 2", "checkpoint 2", "step 3", "step 4", "evaluation 4"],
      ...["checkpoint 4", "step 5", "step 6", "evaluation 6", "checkpoint 6"],
    ]);
    expect(Object.keys(events[0]!)).toEqual(["type", "step", "trainLoss", "validationLoss"]);
    expect(Object.keys(events[1]!)).toEqual([
      "type",
      "step",
      "loss",
      "rate",
      "gradientNorm",
      "tokensPerSecond",
    ]);
    expect(err).toMatch(/^engine: cpu .*\ntiny: 1 layer,/);
    expect(err).toContain("npx glassbox generate");
  });

  test("keeps what it began with, its tokenizer, its losses and its checkpoint", async () => {
    const directory = join(folder, "new/run");
    const { out } = await small(directory, "--json", "--seed", "7", "dropout=0.1");
    const { config, training, step } = await loadCard(directory);
    const losses = lines(readFileSync(join(directory, "losses.jsonl"), "utf8"));
    const told = lines(out).filter(({ type }) => type !== "checkpoint");

    expect(readdirSync(directory).sort()).toEqual([
      "checkpoint.safetensors",
      "losses.jsonl",
      "run.json",
      "tokenizer.json",
    ]);
    expect(step).toBe(6);
    expect(config).toMatchObject({ vocabulary: 12, context: 8, channels: 8, dropout: 0.1 });
    expect(training).toMatchObject({ steps: 6, batch: 4, seed: 7, learningRate: 0.01 });
    expect(losses).toEqual(told.map((event) => ({ ...event, tokensPerSecond: undefined })));
    expect(JSON.parse(readFileSync(join(directory, "run.json"), "utf8"))).toMatchObject({
      preset: "tiny",
      data: text,
      text: { name: "cats.txt", length: 2400 },
      tokenizer: "characters",
      engine: "cpu",
    });
  });

  test("reads byte pairs from a file, which is kept with it", async () => {
    const first = join(folder, "first");
    await small(first);
    const second = join(folder, "second");
    const { status } = await small(second, "--tokenizer", join(first, "tokenizer.json"));
    const kept = (directory: string): string =>
      readFileSync(join(directory, "tokenizer.json"), "utf8");

    expect(status).toBe(0);
    expect(kept(second)).toBe(kept(first));
  });
});

describe("a run that was stopped", () => {
  test("goes on and ends with the same weights and losses as one that was not", async () => {
    const [whole, parts] = [join(folder, "whole"), join(folder, "parts")];
    await small(whole);
    const argv = [
      "tiny",
      "--data",
      text,
      "--out",
      parts,
      "--steps",
      "6",
      ...SMALL,
      QUIET,
      "--json",
    ];
    const stopped = await stoppedAt(3, argv);

    expect(stopped.status).toBe(130);
    expect(lines(stopped.out).at(-1)).toMatchObject({ type: "checkpoint", step: 3 });
    expect(stopped.err).toContain(
      "tiny: stopping after this step, with a checkpoint; Ctrl-C again ends at once\n",
    );
    expect(stopped.err).toContain(
      `stopped after step 3. It goes on by\n  npx glassbox train --out ${parts} --resume\n`,
    );

    // As after a kill: losses of steps that come again, the last of them cut off.
    appendFileSync(join(parts, "losses.jsonl"), '{"type":"step","step":4,"loss":9}\n{"type":"st');
    const resumed = await train("--out", parts, "--resume", "--json");
    expect(resumed.status).toBe(0);
    expect(resumed.err).toContain("; it goes on after step 3\n");
    expect(lines(resumed.out)[0]).toMatchObject({ type: "step", step: 4 });
    for (const name of ["checkpoint.safetensors", "losses.jsonl", "tokenizer.json"]) {
      expect(readFileSync(join(parts, name)).equals(readFileSync(join(whole, name)))).toBe(true);
    }
  });

  test("before its first checkpoint begins anew", async () => {
    const directory = join(folder, "run");
    await small(directory);
    rmSync(join(directory, "checkpoint.safetensors"));
    const { status, out } = await train("--out", directory, "--resume", "--json");

    expect(status).toBe(0);
    expect(lines(out)[0]).toMatchObject({ type: "evaluation", step: 0 });
    expect(lines(readFileSync(join(directory, "losses.jsonl"), "utf8"))).toHaveLength(9);
  });

  test("at its end does nothing more, and says so", async () => {
    const directory = join(folder, "run");
    await small(directory);
    const before = readFileSync(join(directory, "checkpoint.safetensors"));
    const { status, out } = await train("tiny", "--data", text, "--out", directory, "--resume");

    expect(status).toBe(0);
    expect(out).toContain("; all are done\n");
    expect(readFileSync(join(directory, "checkpoint.safetensors")).equals(before)).toBe(true);
  });

  test("--resume with a preset and a text begins where there is no run yet", async () => {
    const { status, out } = await small(join(folder, "run"), "--resume", "--json");

    expect(status).toBe(0);
    expect(lines(out)[0]).toMatchObject({ type: "evaluation", step: 0 });
  });

  test("may report otherwise, and may not learn otherwise", async () => {
    const directory = join(folder, "run");
    await small(directory);
    const resume = (...more: string[]): Promise<Said> =>
      train("--out", directory, "--resume", ...more);
    const began = `with which the run in ${directory} began`;
    const help = "leave it out, or begin another run in another folder (--out)\n";
    const other = file("dogs.txt", TEXT.replaceAll("cat", "dog"));
    const copy = file("copy.txt", TEXT);

    expect((await resume("--set", "evaluateEvery=0", "steps=6", "--data", copy)).status).toBe(0);
    expect((await resume("--set", "batch=5")).err).toBe(
      `glassbox train --resume: expected batch 4, ${began}, got 5; ${help}`,
    );
    expect((await resume("--steps", "5")).err).toBe(
      `glassbox train --resume: expected steps 6, ${began}, got 5; the rate of every step depends on their number; ${help}`,
    );
    expect((await resume("gpt2")).err).toBe(
      `glassbox train --resume: expected PRESET tiny, ${began}, got gpt2; ${help}`,
    );
    expect((await resume("--tokenizer", "gpt2")).err).toBe(
      `glassbox train --resume: expected --tokenizer characters, ${began}, got gpt2; ${help}`,
    );
    expect(await resume("--data", other)).toEqual({
      status: 2,
      out: "",
      err: `glassbox train --resume: expected the text that the run in ${directory} began with, cats.txt of 2,400 characters, got ${other}, which differs; restore it, or begin another run in another folder (--out)\n`,
    });
  });
});

describe("a folder", () => {
  test("with a run is not overwritten", async () => {
    const directory = join(folder, "run");
    await small(directory);

    expect(await small(directory)).toEqual({
      status: 2,
      out: "",
      err: `glassbox train: expected a folder without a run, got ${directory}, which has one; go on with it by --resume, or name another by --out\n`,
    });
  });

  test("with somebody's tokenizer keeps it", async () => {
    const directory = join(folder, "mine");
    mkdirSync(directory);
    const path = join(directory, "tokenizer.json");
    writeFileSync(path, "{}");

    expect(await small(directory)).toEqual({
      status: 1,
      out: "",
      err: `${path}: expected a folder for a new run, got one with another tokenizer, which would be lost; name another by --out\n`,
    });
    expect(readFileSync(path, "utf8")).toBe("{}");
  });

  test("that cannot be made is refused", async () => {
    const directory = join(text, "run");

    expect(await small(directory)).toEqual({
      status: 1,
      out: "",
      err: `${directory}: expected a folder for the run, got "ENOTDIR: not a directory, mkdir '${directory}'"; name another by --out\n`,
    });
  });

  test("without a run has nothing to go on with", async () => {
    expect(await train("--out", folder, "--resume")).toEqual({
      status: 1,
      out: "",
      err: `${folder}: expected a run to go on with, got no ${join(folder, "run.json")}; look at its name, or begin one with a PRESET and --data\n`,
    });
  });

  test.each([
    ["{", /^\{folder\}\/run\.json: expected the file of a run, got "/],
    ["{}", /expected a run of glassbox train, "glassbox run 1", got a file without a format;/],
    ['{"format":"glassbox run 1","preset":1}', /expected a text as preset; the file is damaged/],
  ])("with a damaged run.json is refused: %s", async (content, message) => {
    writeFileSync(join(folder, "run.json"), content);
    const { status, err } = await train("--out", folder, "--resume");

    expect(status).toBe(1);
    expect(err.replace(folder, "{folder}")).toMatch(message);
  });
});

test.each([
  [
    "missing",
    undefined,
    "got \"ENOENT: no such file or directory, stat '{path}'\"; look at its spelling",
  ],
  ["empty", "", "expected text to learn from, got an empty file; name another"],
  ["no UTF-8", Uint8Array.of(0x61, 0xff), "got the byte FF after 1 good ones; convert it"],
  [
    "of one byte",
    "a",
    "{name}: expected at least 33 tokens in each part, a context and the token after it, got 1 to learn from and 0 held out; take a longer text or a smaller context",
  ],
  ["shorter than the context", "abc".repeat(10), "got 27 to learn from and 3 held out"],
  ["with a short end", "abc".repeat(100), "got 270 to learn from and 30 held out"],
])(
  "a text that is %s is refused with status 1, and no folder is made",
  async (_, content, message) => {
    const path = join(folder, "text.txt");
    if (content !== undefined) writeFileSync(path, content);
    const directory = join(folder, "run");
    const { status, out, err } = await train("tiny", "--data", path, "--out", directory);

    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toContain(message.replace("{path}", path).replace("{name}", basename(path)));
    expect(readdirSync(folder)).not.toContain("run");
  },
);
