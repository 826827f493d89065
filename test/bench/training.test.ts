import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { PythonProcess } from "../../src/bench/python-process.ts";
import { trainingWork } from "../../src/bench/training.ts";

/** Stands for Hugging Face tokenizers: "learns" the merges in LEARNED and takes three seconds a token. */
const STAND_IN = `
import json, os, sys
for line in sys.stdin:
    question = json.loads(line)
    if question["do"] == "read":
        with open(question["path"], encoding="utf-8") as file: texts = json.load(file)
        answer = {"characters": sum(map(len, texts))}
    elif question["do"] == "train": answer = {"seconds": 3 * question["vocabulary"]}
    else: answer = {"merges": json.loads(os.environ["LEARNED"])}
    print(json.dumps(answer))
`;

test.each([
  [
    [
      ["h", "e"],
      ["Ġ", "he"],
    ],
    "all 2 merges are the same",
  ],
  [
    [
      ["h", "e"],
      ["he", "Ġ"],
    ],
    "1 of 2 and 2 merges are in both, the first that differs is number 2",
  ],
  [[["h", "e"]], "1 of 2 and 1 merges are in both, the first that differs is number 2"],
  [
    [
      ["h", "e"],
      ["Ġ", "he"],
      ["Ġhe", "y"],
    ],
    "2 of 2 and 3 merges are in both, the first that differs is number 3",
  ],
])("compares the merges, and times what the other side says (%j)", async (learned, finding) => {
  const folder = mkdtempSync(join(tmpdir(), "training-"));
  const script = join(folder, "side.py");
  writeFileSync(script, STAND_IN);
  const python = new PythonProcess(script, {
    python: "python3",
    env: { LEARNED: JSON.stringify(learned) },
  });
  try {
    const { amount, unit, ours, theirs, findings } = await trainingWork({
      name: "learn",
      seconds: 1,
      // h+e is there 3 times; then space+he twice: 258 tokens.
      texts: () => ["he he", " he"],
      vocabulary: 258,
      python,
    }).prepare();

    expect({ amount, unit, findings }).toEqual({ amount: 8e-6, unit: "MB", findings: [finding] });
    expect(await theirs.round()).toBe(3 * 258);
    expect(await ours.round()).toBeLessThan(1);
  } finally {
    await python.end();
    rmSync(folder, { recursive: true });
  }
});
