/**
 * Our side of the benchmarks of the GPT, in a process of its own: TensorFlow reads its threads when it is loaded.
 *
 *     {"do": "open", "folder", "engine", "for"}  -> {"seconds"}: trace, graph and first run; "for" is "training" or "writing"
 *     {"do": "steps", "count"}                   -> {"seconds": [each], "losses": [each], "memory"}
 *     {"do": "write", "prompt", "tokens"}        -> {"seconds": [each], "ids": [each], "memory"}: the likeliest token each time
 *     {"do": "learn", "folder", "engine", "seed"} -> {"losses": [each], "validation", "seconds"}
 *
 * What runs is what a reader runs: the model, the training step and the writing of the course.
 *
 * Source:  https://jsonlines.org
 * Chapter: notebooks/13-pre-training.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine, type EngineName } from "../../backend/engine.ts";
import { DataError } from "../../core/errors.ts";
import { generate } from "../../generate/generate.ts";
import { GptSteps } from "../../generate/steps.ts";
import { Gpt, type GptConfig } from "../../models/gpt.ts";
import type { TrainConfig } from "../../train/config.ts";
import { TrainingStep } from "../../train/step.ts";
import { answerLines, mostMemory } from "../answer-lines.ts";
import type { Json } from "../answering-process.ts";
import { batchOf, readTaskFiles, type Batches } from "../task-files.ts";
import { learn, type Learn } from "./whole-run.ts";

interface Open {
  readonly folder: string;
  readonly engine: EngineName;
  readonly for: "training" | "writing";
}

interface Write {
  readonly prompt: readonly number[];
  readonly tokens: number;
}

interface Opened {
  readonly model: Gpt;
  readonly batches: Batches;
  readonly rate: number;
  readonly step?: TrainingStep;
  readonly steps?: GptSteps;
}

let opened: Opened | undefined;
let done = 0;

async function open({ folder, engine, for: purpose }: Open): Promise<Json> {
  await useEngine(engine);
  const { config, weights, batches } = readTaskFiles(folder);
  const { model: gpt, training } = config as { model: GptConfig; training: TrainConfig };
  const model = new Gpt(gpt, { seed: training.seed });
  for (const { name, shape, numbers } of weights) {
    tf.tidy(() => model.variables[name]?.assign(tf.tensor(numbers, [...shape])));
  }
  const start = performance.now();
  const all = { model, batches, rate: training.learningRate };
  if (purpose === "training") {
    const step = new TrainingStep(model, training);
    await step.ready(tokensOf(batches, 0));
    opened = { ...all, step };
  } else {
    opened = { ...all, steps: new GptSteps(model) };
    await write({ prompt: [0], tokens: 2 });
  }
  return { seconds: (performance.now() - start) / 1000 };
}

async function steps({ count }: { readonly count: number }): Promise<Json> {
  const { step, batches, rate } = opened as Opened & { step: TrainingStep };
  const seconds: number[] = [];
  const losses: number[] = [];
  for (let each = 0; each < count; each++) {
    const start = performance.now();
    const batch = tokensOf(batches, done++);
    losses.push((await step.run([batch], { step: done, rate })).loss);
    seconds.push((performance.now() - start) / 1000);
  }
  return { seconds, losses, memory: mostMemory() };
}

async function write({ prompt, tokens }: Write): Promise<Json> {
  const { model, steps: compiled } = opened as Opened & { steps: GptSteps };
  const seconds: number[] = [];
  const ids: number[] = [];
  let start = performance.now();
  const options = { tokens, temperature: 0, seed: 1, steps: compiled };
  for await (const event of generate(model, [prompt], options)) {
    if (event.type !== "token") continue;
    ids.push(event.id);
    seconds.push((performance.now() - start) / 1000);
    start = performance.now();
  }
  return { seconds, ids, memory: mostMemory() };
}

function tokensOf(batches: Batches, step: number): { x: Int32Array; y: Int32Array } {
  return batchOf(batches, step) as { x: Int32Array; y: Int32Array };
}

/** Answers every line of stdin until it ends. */
export async function answerAll(): Promise<void> {
  await answerLines((question) => {
    if (question.do === "open") return open(question as unknown as Open);
    if (question.do === "steps") return steps(question as unknown as { count: number });
    if (question.do === "write") return write(question as unknown as Write);
    if (question.do === "learn") return learn(question as unknown as Learn);
    throw new DataError(`worker: expected open, steps, write or learn, got ${String(question.do)}`);
  });
}
