import { describe, expect, test } from "vitest";

import { readCommandLine } from "../../../src/cli/train/command-line.ts";
import { planOf, placed } from "../../../src/cli/train/plan.ts";
import { changed, modelSettings, trainingSettings } from "../../../src/cli/train/settings.ts";
import { trainPresets } from "../../../src/train/presets.ts";
import { said, type Said } from "../kept-terminal.ts";
import { run } from "../../../src/cli/train.ts";

const train = (...argv: string[]): Promise<Said> => said((terminal) => run(argv, terminal));

describe("the line", () => {
  test("has a preset, a text and settings, several behind one --set", () => {
    const line = readCommandLine([
      ...["tiny", "--data", "a.txt", "--set", "batch=4", "learningRate=1e-3", "--seed", "2"],
      ...["--set", "clip=Infinity", "--set=bias=true", "positions=rotary", "--resume"],
    ]);

    expect(line).toMatchObject({ preset: "tiny", data: "a.txt", resume: true, json: false });
    expect(Object.fromEntries(line.given)).toEqual({
      batch: 4,
      learningRate: 0.001,
      seed: 2,
      clip: Infinity,
      bias: true,
      positions: "rotary",
    });
    const { model, training } = changed(trainPresets.tiny, line.given);
    expect(model).toEqual({ ...trainPresets.tiny.model, bias: true, positions: "rotary" });
    expect(training).toMatchObject({ batch: 4, seed: 2, steps: 1000 });
  });

  const help = "(glassbox train --help)";
  const presets = Object.keys(trainPresets).join(", ");

  test.each([
    [[], `expected a PRESET, got none; there are ${presets} ${help}`],
    [["tiny"], `expected --data FILE or the name of a data set, got none ${help}`],
    [
      ["tinny", "--data", "a"],
      `expected the name of a preset, got "tinny"; did you mean tiny? ${help}`,
    ],
    [
      ["bert", "--data", "a"],
      `expected the name of a preset, got "bert"; there are ${presets} ${help}`,
    ],
    [["tiny", "a.txt"], `expected one PRESET, got tiny a.txt; a text follows --data ${help}`],
    [["tiny", "--data", "a", "batch=4"], `expected --set before batch=4 ${help}`],
    [["tiny", "--data", "a", "--data", "b"], `expected --data once, got it 2 times ${help}`],
    [["tiny", "--data"], `expected a value after --data, got none ${help}`],
    [
      ["tiny", "--data", "a", "--steps", "3", "--set", "steps=4"],
      `expected steps once, got it as 4 and as 3 ${help}`,
    ],
  ])("%j is refused with status 2", async (argv, message) => {
    expect(await train(...argv)).toEqual({
      status: 2,
      out: "",
      err: `glassbox train: ${message}\n`,
    });
  });

  test.each([
    [
      "batch=0",
      '--set batch: expected a whole number from 1, got "0"; it is windows that are read at once',
    ],
    [
      "batch=2.5",
      '--set batch: expected a whole number from 1, got "2.5"; it is windows that are read at once',
    ],
    [
      "dropout=1",
      '--set dropout: expected a number from 0 up to but not 1, got "1"; it is the share that is dropped while training',
    ],
    [
      "learningRate=",
      '--set learningRate: expected a number above 0, got ""; it is the rate after the warm-up',
    ],
    [
      "learningRate=fast",
      '--set learningRate: expected a number above 0, got "fast"; it is the rate after the warm-up',
    ],
    [
      "positions=learnt",
      '--set positions: expected learned, sinusoids or rotary, got "learnt"; it is how it knows where a token stands',
    ],
    [
      "bias=1",
      '--set bias: expected true or false, got "1"; it is whether linear layers and norms add a constant',
    ],
    ["batch", '--set: expected key=value, such as batch=16, got "batch"'],
    ["learningrate=1", '--set: expected a key, got "learningrate"; did you mean learningRate?'],
    [
      "toString=1",
      `--set: expected a key, got "toString"; the keys are ${[...Object.keys(modelSettings), ...Object.keys(trainingSettings)].join(", ")}`,
    ],
    [
      "vocabulary=9",
      "--set vocabulary: expected a key that can be set, got the vocabulary, which is the tokenizer's; choose another by --tokenizer",
    ],
    [
      "heads=3",
      ": expected heads that divide the 32 channels, got 3; each head gets an equal part of them",
    ],
  ])("--set %s is refused with status 2", async (pair, message) => {
    const { status, err } = await train("tiny", "--data", "a", "--set", pair);

    expect({ status, err }).toEqual({
      status: 2,
      err: `glassbox train ${message}\n`.replace("train :", "train:"),
    });
  });

  test("what only several settings together show is refused", async () => {
    expect((await train("tiny", "--data", "a", "--set", "floor=1")).err).toBe(
      "train floor: expected at most the learning rate 0.01, got 1; a tenth of it is usual\n",
    );
    expect((await train("tiny", "--data", "a", "--engine", "gpu")).err).toBe(
      'glassbox train --engine: expected tensorflow, wasm or cpu, got "gpu"; without a name the fastest that loads is taken\n',
    );
  });
});

test("every setting of model and training is a key, and has a default in every preset", () => {
  for (const { model, training } of Object.values(trainPresets)) {
    expect(Object.keys(modelSettings).sort()).toEqual(Object.keys(model).sort());
    expect(Object.keys(trainingSettings).sort()).toEqual(Object.keys(training).sort());
    for (const [key, value] of Object.entries({ ...model, ...training })) {
      const setting = { ...modelSettings, ...trainingSettings }[key as "batch"];
      expect([key, setting.read(String(value))]).toEqual([key, value]);
    }
  }
});

test("--help shows the defaults of the preset that is named", async () => {
  const { out } = await train("shakespeare", "--help");

  expect(out).toContain("settings, here those of shakespeare");
  expect(out).toContain("\n  context=256              the most tokens it reads at once\n");
  expect(out).toContain("\n  beta2=0.99               AdamW's, for the mean of their squares\n");
});

describe("where a run is kept", () => {
  const folderOf = (...argv: string[]): string => planOf(readCommandLine(argv)).directory;

  test("unless said, tells the preset, the text and another tokenizer", () => {
    expect(folderOf("tiny", "--data", "moby-dick")).toBe("runs/tiny-moby-dick");
    expect(folderOf("gpt2", "--data", "/a b/My Poems.v2.txt", "--tokenizer", "gpt2")).toBe(
      "runs/gpt2-My-Poems.v2-gpt2",
    );
    expect(folderOf("tiny", "--data", "我的书.txt")).toBe("runs/tiny-我的书");
  });

  test("a text and a tokenizer are remembered by name or by whole path", () => {
    expect(placed({ data: "town", tokenizer: "gpt2" })).toEqual({
      data: "town",
      tokenizer: "gpt2",
    });
    expect(placed({ data: "./town", tokenizer: "t.json" })).toEqual({
      data: `${process.cwd()}/town`,
      tokenizer: `${process.cwd()}/t.json`,
    });
  });
});
