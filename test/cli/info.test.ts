import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import { run } from "../../src/cli/info.ts";
import { run as train } from "../../src/cli/train.ts";
import { writeSafetensors, type StoredTensor } from "../../src/core/safetensors.ts";
import { said, type Said } from "./kept-terminal.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "info-"));
  const text = join(folder, "cats.txt");
  writeFileSync(text, "the cat sat on the mat.\n".repeat(100));
  const line = ["tiny", "--data", text, "--out", join(folder, "run"), "--engine", "cpu"];
  const settings = ["context=8", "layers=1", "channels=8", "batch=4", "steps=4", "sampleEvery=0"];
  await said((terminal) => train([...line, "--set", ...settings, "evaluateBatches=1"], terminal));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const info = (...argv: string[]): Promise<Said> => said((terminal) => run(argv, terminal));

test("a run: its model by part, training, text, tokenizer, losses and files", async () => {
  const directory = join(folder, "run");
  const { status, out } = await info(directory);
  const shown = out.split("\n").map((line) => line.replaceAll(/\d\.\d{4}/g, "#"));

  expect(status).toBe(0);
  expect(shown.slice(0, 17)).toEqual([
    `${directory}: tiny, step 4 of 4`,
    "  model       1 layer, 2 heads, 8 channels, context 8, vocabulary 12",
    "              positions learned, norm before, gelu, bias false, dropout 0",
    "  parameters  952 in all",
    "    tokens        96  10.1 %", // 12 · 8
    "    positions     64   6.7 %", // 8 · 8
    "    attention    256  26.9 %", // 8 · 24 + 8 · 8
    "    feedForward  512  53.8 %", // 2 · 8 · 32
    "    norms         24   2.5 %", // 3 · 8
    "  training   4 × 8 tokens a step, seed 1",
    "             rate 0.01 to 0.001, warm-up 100",
    "             betas 0.9 and 0.99, decay 0.1, clip 1",
    `  text       cats.txt, 2,400 characters (${join(folder, "cats.txt")})`,
    "  engine     cpu",
    "  tokenizer  characters, 12 different tokens",
    "  losses     #, held out #, after step 4",
    expect.stringMatching(/^\d\.\d\d ┤/),
  ]);
  expect(out).toContain("\n  tokenizer.json          51 bytes\n");
});

test("a run as JSON has what is shown, and every loss", async () => {
  const { out } = await info(join(folder, "run"), "--json");

  expect(JSON.parse(out)).toMatchObject({
    step: 4,
    config: { vocabulary: 12, channels: 8 },
    parameters: { tokens: 96, total: 952 },
    training: { batch: 4, seed: 1 },
    run: { preset: "tiny", text: { name: "cats.txt" } },
    tokenizer: { kind: "characters", vocabulary: 12 },
    losses: [0, 1, 2, 3, 4, 4].map((step) => ({ step })),
    evaluations: { last: { step: 4 } },
  });
});

test("a file of any program: its tensors in the order of their bytes, and what is written beside", async () => {
  const path = join(folder, "foreign.safetensors");
  const zeros = (shape: number[]): StoredTensor => ({
    dtype: "F32",
    shape,
    data: new Float32Array(shape.reduce((product, length) => product * length, 1)),
  });
  const tensors = new Map<string, StoredTensor>([
    ["wte.weight", zeros([3, 2])],
    ["scale", zeros([])],
    ["ids", { dtype: "I64", shape: [2], data: new BigInt64Array(2) }],
  ]);
  await writeSafetensors(path, tensors, { metadata: { format: "pt", note: "a\u001b[31m\nb" } });

  const { status, out } = await info(path);
  expect(status).toBe(0);
  expect(out).toBe(`foreign.safetensors: 3 tensors, 9 numbers, 292 bytes
  format  pt
  note    a\\u001b[31m\\nb

  ids         I64  (2)
  wte.weight  F32  (3, 2)
  scale       F32  ()
`);
  expect(JSON.parse((await info(path, "--json")).out)).toEqual({
    bytes: 292,
    numbers: 9,
    metadata: { format: "pt", note: "a\u001b[31m\nb" },
    tensors: [
      { name: "ids", dtype: "I64", shape: [2] },
      { name: "wte.weight", dtype: "F32", shape: [3, 2] },
      { name: "scale", dtype: "F32", shape: [] },
    ],
  });
});

test("a file that is cut off, a folder without a run, and a path to nothing are refused", async () => {
  const path = join(folder, "cut.safetensors");
  await writeSafetensors(
    path,
    new Map([["a", { dtype: "U8", shape: [4], data: new Uint8Array(4) }]]),
  );
  truncateSync(path, statSync(path).size - 1);

  expect(await info(path)).toEqual({
    status: 1,
    out: "",
    err: `${path}: expected 4 bytes of data, got 3; it is cut off\n`,
  });
  expect(await info(folder)).toEqual({
    status: 1,
    out: "",
    err: `${folder}: expected the folder of a run, got neither ${join(folder, "checkpoint.safetensors")} nor ${join(folder, "run.json")}; name a folder that glassbox train has written, or a safetensors file\n`,
  });
  expect(await info(join(folder, "none"))).toEqual({
    status: 1,
    out: "",
    err: `${join(folder, "none")}: expected the folder of a run or a safetensors file, got "ENOENT: no such file or directory, stat '${join(folder, "none")}'"; look at its spelling\n`,
  });
  expect(await info()).toEqual({
    status: 2,
    out: "",
    err: "glassbox info: expected one FILE, got none (glassbox info --help)\n",
  });
});
