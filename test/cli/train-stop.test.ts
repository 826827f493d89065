import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { loadCard } from "../../src/train/checkpoint.ts";
import { root } from "../architecture/source-files.ts";
import { built } from "../notebook-files/built.ts";

let folder: string;
beforeEach(() => {
  built("src/cli/train");
  built("src/cli/train/training");
  folder = mkdtempSync(join(tmpdir(), "stop-"));
  writeFileSync(join(folder, "cats.txt"), "the cat sat on the mat.\n".repeat(100));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Trains in a process of its own, which is sent the signal when it has told its third step. */
function stopped(signal: NodeJS.Signals, directory: string): Promise<Ended> {
  const settings = ["context=8", "layers=1", "channels=8", "batch=4", "sampleEvery=0"];
  const child = spawn(process.execPath, [
    ...[join(root, "setup/bin/glassbox.cjs"), "train", "tiny", "--engine", "cpu", "--json"],
    ...["--data", join(folder, "cats.txt"), "--out", directory, "--steps", "1000000"],
    ...["--set", ...settings],
  ]);
  let [out, err] = ["", ""];
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    if (!child.killed && out.includes('{"type":"step","step":3,')) child.kill(signal);
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

test.each<[string, NodeJS.Signals, number]>([
  ["Ctrl-C", "SIGINT", 130],
  ["kill", "SIGTERM", 143],
])("%s ends a run with a checkpoint and the way to go on", async (_, signal, status) => {
  const directory = join(folder, "run");
  const { code, out, err } = await stopped(signal, directory);
  const { step } = await loadCard(directory);

  expect(code).toBe(status);
  expect(step).toBeGreaterThanOrEqual(3);
  expect(JSON.parse(out.trimEnd().split("\n").at(-1)!)).toMatchObject({ type: "checkpoint", step });
  expect(err).toContain(
    `stopped after step ${step.toLocaleString("en")}. It goes on by\n  npx glassbox train --out ${directory} --resume\n`,
  );
});
