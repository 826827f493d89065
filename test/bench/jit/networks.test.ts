import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../../src/backend/engine.ts";
import { firstNumbers, textBatches, characters } from "../../../src/bench/jit/network.ts";
import { networks } from "../../../src/bench/jit/networks.ts";
import { ourSides } from "../../../src/bench/jit/sides.ts";
import { readTask, writeTask } from "../../../src/bench/jit/task.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "networks-"));
  await useEngine("tensorflow");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("the networks of the benchmark", () => {
  it.each(Object.keys(networks))("%s learns from its batches", (name) => {
    const network = (networks[name] as (typeof networks)[string])();
    writeTask(network, folder);
    const { weights, batch } = readTask(folder);
    const step = network.build(weights);
    const losses = Array.from({ length: 12 }, () =>
      tf.tidy(() => step(...batch(0)).dataSync()[0] as number),
    );
    tf.disposeVariables();
    // Before it has learned, every character or class is as likely as any other.
    expect(losses[0]).toBeGreaterThan(2);
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
  });

  it("gives each step the batch of its number, and begins again after the last", () => {
    const network = (networks.cnn as (typeof networks)[string])();
    writeTask(network, folder);
    const { batch } = readTask(folder);
    const classes = (step: number): number[] => Array.from(batch(step)[1].dataSync());
    const { count } = network.batches();
    expect(classes(1)).not.toEqual(classes(0));
    expect(classes(count + 1)).toEqual(classes(1));
    tf.disposeVariables();
  });

  it("asks for the character that follows", () => {
    const { ids } = characters();
    const { x, y } = textBatches([2, 5], 3);
    expect(y.values.slice(0, 4)).toEqual(x.values.slice(1, 5));
    const window = [...x.values.slice(0, 5), y.values[4] as number].join();
    expect(ids.join()).toContain(window);
  });

  it("begins with numbers of the deviation asked for, the same for the same seed", () => {
    const weight = { name: "w", shape: [100, 100], start: 0.5 };
    const numbers = firstNumbers(weight, 1);
    expect(firstNumbers(weight, 1)).toEqual(numbers);
    expect(firstNumbers(weight, 2)).not.toEqual(numbers);
    const squares = numbers.reduce((sum, value) => sum + value ** 2, 0);
    expect(Math.sqrt(squares / numbers.length)).toBeCloseTo(0.5, 1);
  });

  it("loses the same in processes of its own, plain and compiled", async () => {
    const network = (networks.cnn as (typeof networks)[string])();
    writeTask(network, folder);
    const sides = ourSides({ threads: 1, engine: "tensorflow" });
    try {
      for (const side of sides) {
        await side.open({ network: "cnn", folder });
        await side.steps(1);
        side.forgetTimes();
        await side.steps(3);
        expect(side.losses).toHaveLength(5);
        expect(side.times().seconds).toHaveLength(3);
        expect(side.memory).toBeGreaterThan(100);
      }
      const [compiled, plain] = sides;
      expect(compiled.compiling).toBeGreaterThan(0.01);
      expect(plain.compiling).toBeLessThan(0.01);
      plain.losses.forEach((loss, step) => expect(compiled.losses[step]).toBeCloseTo(loss, 5));
    } finally {
      await Promise.all(sides.map((side) => side.end()));
    }
  });
});
