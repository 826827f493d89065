import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { root } from "../architecture/source-files.ts";
import { Random } from "../../src/core/random.ts";
import { useEngine } from "../../src/backend/engine.ts";
import { Gpt } from "../../src/models/gpt.ts";
import { train } from "../../src/train/train.ts";
import { built } from "../notebook-files/built.ts";
import { smallCorpus, smallModel, smallTraining } from "./small-run.ts";

/** Large enough that its checkpoint is larger than any file that the engine writes. */
const wider = { channels: 32, dropout: 0.1 };
const training = { steps: 60, checkpointEvery: 1 };

let folder: string;
beforeEach(() => {
  built("src/train/train");
  folder = mkdtempSync(join(tmpdir(), "kill-"));
  const { train, validation } = smallCorpus();
  const model = { ...smallModel, ...wider };
  const config = { ...smallTraining, ...training };
  const numbers = { model, config, train: [...train], validation: [...validation] };
  writeFileSync(join(folder, "run.json"), JSON.stringify(numbers));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Trains in a process of its own, and prints each step. */
const PROGRAM = `
  import { readFileSync } from "node:fs";
  import { setTimeout } from "node:timers/promises";
  import { useEngine } from "glassbox/backend/engine";
  import { Gpt } from "glassbox/models/gpt";
  import { train } from "glassbox/train/train";
  const [path, directory] = process.argv.slice(1);
  const { model, config, train: seen, validation } = JSON.parse(readFileSync(path, "utf8"));
  await useEngine("tensorflow");
  const corpus = { train: Int32Array.from(seen), validation: Int32Array.from(validation) };
  try {
    for await (const { type, step } of train(new Gpt(model, { seed: 1 }), corpus, config, { directory, resume: true })) {
      if (type === "step") process.stdout.write(step + "\\n");
    }
  } catch (error) {
    process.stdout.write(error.name + ": " + error.message);
    process.exitCode = 1;
  }
`;

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly lines: readonly string[];
}

interface StartOptions {
  /** Kills the process so many milliseconds after so many of its steps. */
  readonly kill?: { readonly steps: number; readonly delay: number };
  /** No file may become larger: 1,024 bytes each. */
  readonly fileLimit?: number;
}

/** A run in `directory`, begun or resumed. */
function start(directory: string, { kill, fileLimit }: StartOptions = {}): Promise<Ended> {
  const node = [process.execPath, "--input-type=module", "-e", PROGRAM, join(folder, "run.json")];
  const command = [...node, directory];
  const limited = ["bash", "-c", `ulimit -f ${fileLimit}; exec "$@"`, "bash", ...command];
  const [program, ...argv] = fileLimit === undefined ? command : limited;
  const child = spawn(program!, argv, { cwd: root });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    if (!kill || child.killed || out.split("\n").length <= kill.steps) return;
    setTimeout(() => child.kill("SIGKILL"), kill.delay);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, lines: out.trim().split("\n") }));
  });
}

const checkpoint = (directory: string): Buffer =>
  readFileSync(join(directory, "checkpoint.safetensors"));

describe("a run that is killed at random moments and resumed", () => {
  it("ends with the bytes of one that never stopped", async () => {
    const whole = join(folder, "whole");
    expect((await start(whole)).code).toBe(0);
    const expected = checkpoint(whole);

    const killed = join(folder, "killed");
    const random = new Random(11);
    const steps: number[] = [];
    for (let kill = 0; kill < 3; kill++) {
      // A step with its write takes 10 ms or more: each kill falls into any instruction of one of them.
      const moment = { steps: 1 + random.integer(8), delay: 30 * random.uniform() };
      const { signal, lines } = await start(killed, { kill: moment });
      expect(signal).toBe("SIGKILL");
      steps.push(Number(lines[0]), Number(lines.at(-1)));
    }
    // Each began behind the last checkpoint of the one before: no step was lost but the one that was cut off.
    for (let i = 2; i < steps.length; i += 2) {
      expect(steps[i]! - steps[i - 1]!).toBeGreaterThanOrEqual(0);
      expect(steps[i]! - steps[i - 1]!).toBeLessThanOrEqual(1);
    }
    const last = await start(killed);
    expect(last).toMatchObject({ code: 0, signal: null });
    expect(Number(last.lines[0])).toBeGreaterThan(3);
    expect(checkpoint(killed).equals(expected)).toBe(true);
    expect(readdirSync(killed)).toEqual(["checkpoint.safetensors"]);
  }, 120_000);
});

describe("a run on a disk that is full", () => {
  it("says so, keeps the checkpoint before, and goes on when there is room", async () => {
    const directory = join(folder, "full");
    await useEngine("tensorflow");
    const here = (resume: boolean, signal?: AbortSignal): ReturnType<typeof train> => {
      const config = { ...smallTraining, ...training };
      const model = new Gpt({ ...smallModel, ...wider }, { seed: 1 });
      return train(model, smallCorpus(), config, { directory, resume, signal });
    };
    const controller = new AbortController();
    for await (const { step } of here(false, controller.signal)) if (step === 3) controller.abort();
    const before = checkpoint(directory);

    const { code, lines } = await start(directory, { fileLimit: 128 });
    expect(lines).toEqual([
      "4",
      `DataError: ${join(directory, "checkpoint.safetensors")}: expected a file that can be written, got "EFBIG: file too large, write"; make room or name another folder, what was there before is intact`,
    ]);
    expect(code).toBe(1);
    expect(checkpoint(directory).equals(before)).toBe(true);
    expect(readdirSync(directory)).toEqual(["checkpoint.safetensors"]);

    const steps: number[] = [];
    for await (const { step } of here(true)) steps.push(step);
    expect([steps[0], steps.at(-1)]).toEqual([4, 60]);
  }, 120_000);
});
